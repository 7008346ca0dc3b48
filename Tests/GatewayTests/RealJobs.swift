import Calendar
import Contracts
import Foundation
import Jobs
import Logging
import RPC

/// Jobs as the program serves it, over a store in a folder of its own. Every account is verified; the one with `moderator`
/// in its id is one.
final class RealJobs: Sendable {
    let routes: [Route]
    let handler: JobsHandler
    private let store: JobsStore
    private let folder: URL

    /// What Accounts says of any account.
    private struct Standings: StandingAPI.Service {
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
            StandingAPI.AccountStanding(
                id: id, email: "somebody@mail.example", emailVerified: true,
                roles: id.contains("moderator") ? ["moderator"] : ["member"])
        }
    }

    init() async throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("gateway-jobs-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try JobsStore(path: folder.appendingPathComponent("jobs.sqlite").path)
        handler = try await JobsHandler(
            store: store, resumes: try ResumeFolder(path: folder.appendingPathComponent("resumes").path),
            letters: try JobsLetters(origin: "https://desk.example"),
            accounts: InProcessChannel(routes: StandingAPI.routes(Standings())), clock: .system,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        routes = handler.routes
    }

    deinit {
        do {
            try store.close()
            try FileManager.default.removeItem(at: folder)
        } catch {
            print("\(folder.path) stays behind: \(error)")
        }
    }

    /// The domain of an employer is proven.
    func verify(_ employer: String) async throws {
        guard let id = EmployerID(employer) else { return }
        _ = try await store.finishProof(of: id, at: WallClock.system.now)
    }
}
