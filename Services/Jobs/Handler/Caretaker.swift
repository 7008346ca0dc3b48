import Calendar
import Logging
import ServiceLifecycle

/// What happens without a call: postings close, employers are reminded, digests go out, links are looked at, what nobody
/// needs is forgotten.
package struct Caretaker: ServiceLifecycle.Service {
    /// Between two rounds; a posting closes at most that much after midnight.
    static let interval = Duration.seconds(20)
    /// Rounds between two looks at links and at what can be forgotten: ten minutes.
    static let roundsBetweenChores = 30
    /// Reminders of one round.
    static let reminders = 200
    /// Mail that has ended is remembered that long, seconds.
    static let mailMemory: Int64 = 30 * 86_400
    /// What was mailed is remembered longer than a posting can be renewed twice, seconds.
    static let sentMemory: Int64 = 180 * 86_400

    private let handler: JobsHandler
    private let digests: Digests
    private let links: LinkChecker

    /// - Parameter probe: how a link is looked at.
    package init(_ handler: JobsHandler, probe: LinkProbe) {
        self.handler = handler
        digests = Digests(handler)
        links = LinkChecker(store: handler.store, probe: probe, clock: handler.clock)
    }

    /// Runs until shutdown. A chore that fails is logged and comes again; the others go on.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            var round = 0
            while !Task.isCancelled {
                await chore("close") { try await close() }
                await chore("remind") { try await remind() }
                await chore("digest") { _ = try await digests.run() }
                if round % Self.roundsBetweenChores == 0 {
                    await chore("links") { try await links.round() }
                    await chore("forget") { try await forget() }
                }
                round += 1
                try? await Task.sleep(for: Self.interval)
            }
        }
    }

    private func chore(_ name: String, _ body: () async throws -> Void) async {
        do {
            try await body()
        } catch is CancellationError {
            return
        } catch {
            handler.logger.warning("a chore failed", metadata: ["chore": "\(name)", "cause": "\(error)"])
        }
    }

    /// Closes what is over, in the store and on the board.
    package func close() async throws {
        while true {
            let closed = try await handler.store.expire(at: handler.clock.now, limit: JobsHandler.batch)
            for posting in closed { try handler.follow(posting) }
            if closed.count < JobsHandler.batch { return }
        }
    }

    /// Tells employers of what closes soon.
    package func remind() async throws {
        let now = handler.clock.now
        for (posting, accounts) in try handler.store.reminders(at: now, limit: Self.reminders) {
            let people = try await handler.standings.of(accounts)
            let mails = people.compactMap(\.mailAddress).map { handler.letters.expiring(posting, to: $0) }
            try await handler.store.remind(posting.record.id, mails: mails, at: now)
        }
    }

    /// Forgets what nobody needs any more, and the files that nothing names.
    package func forget() async throws {
        let now = handler.clock.now
        try await handler.store.forget(
            endedMailBefore: now.adding(seconds: -Self.mailMemory), sentBefore: now.adding(seconds: -Self.sentMemory),
            today: now.date)
        let over = now.adding(seconds: -JobsStore.uploadTime)
        for file in try await handler.store.forgetUploads(before: over) { handler.resumes.delete(file) }
    }
}
