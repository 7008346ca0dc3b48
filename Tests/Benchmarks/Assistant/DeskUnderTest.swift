import Assistant
import Contracts
import Foundation
import Logging
import Lookup
import RPC
import Runtime

/// Assistant over Lookup's published snapshot, both in this process, and a meter that always grants.
struct DeskUnderTest {
    let pilot: AssistantAPI.Client
    let knowledge: KnowledgeAPI.Client
    private let folder: URL

    init(data: String, shared: String) async throws {
        let settings = try Settings(environment: ["CODINGAHEAD_DATA": data])
        var logger = Logger(label: "benchmark")
        logger.logLevel = .error
        let lookup = try await LookupService.compose(Boot(program: .lookup, settings: settings, logger: logger))
        folder = FileManager.default.temporaryDirectory.appending(path: "pilot-\(UUID().uuidString)")
        let passages = try KnowledgeStore(path: folder.path + "/knowledge.sqlite")
        let library = KnowledgeHandler(store: passages, sources: shared + "/knowledge", logger: logger)
        await library.takeKnown()
        let handler = PilotHandler(
            lookup: InProcessChannel(routes: lookup.routes), accounts: InProcessChannel(routes: Self.meter),
            store: try PilotStore(path: folder.path + "/assistant.sqlite"), knowledge: passages, logger: logger)
        pilot = AssistantAPI.Client(InProcessChannel(routes: AssistantAPI.routes(handler)))
        knowledge = KnowledgeAPI.Client(InProcessChannel(routes: KnowledgeAPI.routes(library)))
    }

    func close() {
        do { try FileManager.default.removeItem(at: folder) } catch { print("\(folder.path) stays behind: \(error)") }
    }

    /// Lines of a file beside this one, each cut at its tabs.
    static func rows(of file: String) throws -> [[String]] {
        try String(contentsOfFile: "Tests/Benchmarks/Assistant/\(file)", encoding: .utf8)
            .split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
    }

    private static var meter: [Route] {
        [
            Route(AccountsAPI.Methods.reserve) {
                (request: AccountsAPI.ReserveRequest, _) async throws(ServiceError) -> AccountsAPI.ReserveReply in
                AccountsAPI.ReserveReply(outcome: .granted, hold: "h")
            },
            Route(AccountsAPI.Methods.commit) {
                (_: AccountsAPI.HoldRequest, _) async throws(ServiceError) -> AccountsAPI.Balance in
                AccountsAPI.Balance(unlimited: true)
            },
            Route(AccountsAPI.Methods.refund) {
                (_: AccountsAPI.HoldRequest, _) async throws(ServiceError) -> AccountsAPI.Balance in
                AccountsAPI.Balance(unlimited: true)
            },
        ]
    }
}
