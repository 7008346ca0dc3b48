import Contracts
import RPC
import Runtime

/// Tells Accounts which codes the newest edition of each code set has changed, as Lookup knows them.
struct EditionAnnouncement {
    /// How often a Lookup that still serves the snapshot before is asked again, and for how long.
    private static let pause = Duration.milliseconds(500)
    private static let patience = Duration.seconds(20)
    /// Changes that Lookup gives at a call, and that Accounts takes at one.
    private static let pageSize: UInt32 = 500
    private static let batch = 5_000
    /// Longest sentence about one code, and longest name of an edition, characters.
    private static let sentence = 300
    private static let editionName = 80

    private let lookup: LookupAPI.Client
    private let desks: DeskAPI.Client

    /// - Parameter channels: to Lookup and Accounts.
    init(lookup: any RPCChannel, accounts: any RPCChannel) {
        self.lookup = LookupAPI.Client(lookup)
        desks = DeskAPI.Client(accounts)
    }

    /// Announces over the addresses of the settings; a line for each code set.
    ///
    /// - Parameter servedSince: waits until Lookup serves what was imported at this moment (RFC 3339) or later; nil: no wait.
    /// - Throws: `ServiceError`; exit code 78 when a certificate cannot be used.
    static func make(settings: Settings, servedSince: String?) async throws -> [String] {
        let lookup = try settings.operatorClientOrExit(of: .lookup)
        let accounts = try settings.operatorClientOrExit(of: .accounts)
        let announcement = EditionAnnouncement(lookup: lookup, accounts: accounts)
        var result: Result<[String], ServiceError>
        do throws(ServiceError) {
            result = .success(try await announcement.run(servedSince: servedSince))
        } catch {
            result = .failure(error)
        }
        await lookup.close()
        await accounts.close()
        return try result.get()
    }

    /// Announces the newest edition of each code set that has one before it.
    func run(servedSince: String?) async throws(ServiceError) -> [String] {
        var lines: [String] = []
        for system in try await systems(servedSince: servedSince) {
            var request = LookupAPI.DiffEditionsRequest(system: system, pageSize: Self.pageSize)
            var edition = ""
            var changes: [DeskAPI.CodeChange] = []
            var mails: UInt32 = 0
            var count = 0
            repeat {
                let page: LookupAPI.DiffEditionsReply
                do throws(ServiceError) {
                    page = try await lookup.diffEditions(request, options: CallOptions(timeout: .seconds(60)))
                } catch {
                    // One edition alone has no one before it to be compared with.
                    guard error.kind == .notFound else { throw error }
                    break
                }
                if let source = page.after.first {
                    edition = String("\(source.name) \(source.edition)".prefix(Self.editionName))
                }
                changes += page.changes.map { Self.change($0, system) }
                count += page.changes.count
                request.pageToken = page.nextPageToken
                if changes.count >= Self.batch || request.pageToken.isEmpty, !changes.isEmpty {
                    mails += try await tell(edition, changes)
                    changes = []
                }
            } while !request.pageToken.isEmpty
            if count > 0 { lines.append("\(edition): \(count) changes, \(mails) mails to whoever watches one") }
        }
        return lines.isEmpty ? ["No code set has two editions to be compared: nobody is told."] : lines
    }

    private func tell(_ edition: String, _ changes: [DeskAPI.CodeChange]) async throws(ServiceError) -> UInt32 {
        let reply = try await desks.announceChanges(
            .init(edition: edition, changes: changes), options: CallOptions(timeout: .seconds(120)))
        return reply.mails
    }

    private func systems(servedSince: String?) async throws(ServiceError) -> [String] {
        let end = ContinuousClock.now + Self.patience
        while true {
            let editions = try await lookup.listEditions(.init()).editions
            let newest = editions.map(\.importedAt).max() ?? ""
            // RFC 3339 in UTC: the order of the texts is that of the moments.
            guard let servedSince, newest < servedSince else {
                return editions.map(\.system).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
            }
            guard ContinuousClock.now < end else {
                throw ServiceError(.unavailable, "Lookup goes on serving the snapshot before")
            }
            do { try await Task.sleep(for: Self.pause) } catch { throw ServiceError(.cancelled, "given up") }
        }
    }

    private static func change(_ change: LookupAPI.CodeChange, _ system: String) -> DeskAPI.CodeChange {
        var what = change.kind
        if !change.title.isEmpty { what += ": \(change.title)" }
        if !change.oldTitle.isEmpty { what += " (before: \(change.oldTitle))" }
        if let first = change.replacedBy.first { what += "; see \(first.code)" }
        return DeskAPI.CodeChange(code: "\(system)/\(change.code)", what: String(what.prefix(sentence)))
    }
}
