import Calendar
import Contracts
import Foundation
import Jobs
import Logging
import RPC
import Storage

/// Jobs as the program serves it, over a store in a folder, with an Accounts that knows every account.
struct BenchDesk {
    let store: JobsStore
    let handler: JobsHandler
    let channel: InProcessChannel

    /// Every account is verified.
    private struct Accounts: StandingAPI.Service {
        func getStanding(
            _ request: StandingAPI.GetStandingRequest, context: CallContext
        ) async throws(ServiceError) -> StandingAPI.AccountStanding { standing(request.accountId) }

        func getStandings(
            _ request: StandingAPI.GetStandingsRequest, context: CallContext
        ) async throws(ServiceError) -> StandingAPI.AccountStandings {
            StandingAPI.AccountStandings(standings: request.accountIds.map(standing))
        }

        func listByRole(
            _ request: StandingAPI.ListByRoleRequest, context: CallContext
        ) async throws(ServiceError) -> StandingAPI.AccountStandings { StandingAPI.AccountStandings() }

        private func standing(_ id: String) -> StandingAPI.AccountStanding {
            StandingAPI.AccountStanding(id: id, email: "\(id)@mail.example", emailVerified: true, roles: ["member"])
        }
    }

    init(folder: String, now: UTCInstant) async throws {
        store = try JobsStore(path: folder + "/jobs.sqlite")
        handler = try await JobsHandler(
            store: store, resumes: try ResumeFolder(path: folder + "/resumes"),
            letters: try JobsLetters(origin: "https://desk.example"),
            accounts: InProcessChannel(routes: StandingAPI.routes(Accounts())), clock: WallClock { now },
            logger: Logger(label: "benchmark") { _ in SwiftLogNoOpLogHandler() })
        channel = InProcessChannel(routes: handler.routes)
    }

    func makeSample(_ postings: UInt32, seed: UInt64) async throws {
        _ = try await ModerationAPI.Client(channel).makeSample(
            ModerationAPI.MakeSampleRequest(postings: postings, seed: seed),
            options: CallOptions(timeout: .seconds(600), principal: Array("operator benchmark".utf8)))
    }

    /// A folder of its own, gone when the body ends.
    static func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("jobs-bench-\(UUID().uuidString)")
            .path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        do {
            try await body(folder)
        } catch {
            try FileManager.default.removeItem(atPath: folder)
            throw error
        }
        try FileManager.default.removeItem(atPath: folder)
    }
}
