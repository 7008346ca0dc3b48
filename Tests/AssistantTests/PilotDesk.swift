import Contracts
import Foundation
import Logging
import RPC

@testable import Assistant

/// CasePilot with real stores in a folder of its own, before a Lookup that holds some pages and a meter.
final class PilotDesk: Sendable {
    let folder: URL
    let accounts: AccountsMeter
    let store: PilotStore
    let knowledge: KnowledgeStore
    let handler: PilotHandler
    let library: KnowledgeHandler

    /// 2026-11-24T10:00:00Z.
    static let now: Int64 = 1_795_514_400

    init(lookup: LookupDouble = LookupDouble(), limit: UInt32 = 100, folder: URL? = nil, model: ChatEndpoint? = nil)
        throws
    {
        self.folder = folder ?? FileManager.default.temporaryDirectory.appending(path: "pilot-\(UUID().uuidString)")
        accounts = AccountsMeter(limit: limit)
        store = try PilotStore(path: self.folder.path + "/assistant.sqlite")
        knowledge = try KnowledgeStore(path: self.folder.path + "/knowledge.sqlite")
        let surroundings = Surroundings(now: { Self.now }, randomBytes: Surroundings.system.randomBytes)
        handler = PilotHandler(
            lookup: InProcessChannel(routes: LookupAPI.routes(lookup)),
            accounts: InProcessChannel(routes: accounts.routes), store: store, knowledge: knowledge,
            surroundings: surroundings, model: model, logger: Logger(label: "test"))
        library = KnowledgeHandler(
            store: knowledge, sources: self.folder.path + "/sources", surroundings: surroundings,
            logger: Logger(label: "test"))
    }

    deinit {
        do { try FileManager.default.removeItem(at: folder) } catch { print("\(folder.path) stays behind: \(error)") }
    }

    func client() -> AssistantAPI.Client {
        AssistantAPI.Client(InProcessChannel(routes: AssistantAPI.routes(handler)))
    }

    func knowledgeClient() -> KnowledgeAPI.Client {
        KnowledgeAPI.Client(InProcessChannel(routes: KnowledgeAPI.routes(library)))
    }

    /// What the account asks.
    func ask(
        _ question: String, code: String = "", conversation: String = "", on: String = "", account: String = "A1",
        guest: String = "", key: [UInt8]? = nil
    ) async throws -> AssistantAPI.Answer {
        var options = CallOptions()
        options.principal = guest.isEmpty ? Array("\(account) session S".utf8) : []
        options.idempotencyKey = key.flatMap { IdempotencyKey($0) }
        return try await client().ask(
            AssistantAPI.AskRequest(
                question: question, code: code, conversation: conversation, dateOfService: on, guest: guest),
            options: options)
    }

    static func options(account: String = "A1") -> CallOptions {
        var options = CallOptions()
        options.principal = Array("\(account) session S".utf8)
        return options
    }

    /// Takes a text of the layout of the NCCI manual.
    func takeManual(_ text: String = ManualSample.text) async throws {
        let document = KnowledgeDocument(
            name: "manual", title: "NCCI Policy Manual", format: .ncciManual, edition: "2025",
            effectiveDate: "2025-01-01", file: "manual.txt")
        _ = try await DocumentLibrary(
            store: knowledge, sources: "", surroundings: Surroundings(now: { Self.now }, randomBytes: { _ in [] })
        ).add(document, bytes: Array(text.utf8))
    }
}
