import Contracts
import Foundation
import Jobs
import Logging
import RPC
import Testing

@Suite("The credentials of CareerCenter")
struct CredentialTests {
    /// A folder of its own for a store, for as long as the body runs.
    private func withStorePath<Result>(_ body: (String) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "jobs-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder.appending(path: "jobs.sqlite").path)
    }

    @Test("A new store lists the eleven credentials with who awards them, through the contract")
    func listed() async throws {
        let reply = try await withStorePath { path in
            let store = try JobsStore(path: path)
            let handler = JobsHandler(store: store, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            let client = JobsAPI.Client(InProcessChannel(routes: JobsAPI.routes(handler)))
            let reply = try await client.listCredentials(JobsAPI.ListCredentialsRequest())
            try store.close()
            return reply
        }
        #expect(
            reply.credentials.map(\.abbreviation) == [
                "CPC", "CPC-A", "COC", "CIC", "CRC", "CPB", "CCS", "CCS-P", "CCA", "RHIT", "RHIA",
            ])
        #expect(reply.credentials.prefix(6).allSatisfy { $0.awardedBy == "AAPC" })
        #expect(reply.credentials.suffix(5).allSatisfy { $0.awardedBy == "AHIMA" })
        #expect(reply.credentials[1].name == "Certified Professional Coder – Apprentice")
        #expect(reply.credentials.allSatisfy { !$0.name.isEmpty })
    }

    @Test("Opening a store again neither repeats nor loses a row")
    func reopened() async throws {
        try await withStorePath { path in
            let store = try JobsStore(path: path)
            let first = try store.credentials()
            try store.close()
            let again = try JobsStore(path: path)
            #expect(try again.credentials() == first)
            try again.close()
        }
    }
}
