import Contracts
import Foundation
import Jobs
import Testing

@Suite("The credentials of CareerCenter")
struct CredentialTests {
    @Test("A new store lists the eleven credentials with who awards them, through the contract")
    func listed() async throws {
        let desk = try await JobsDesk()
        let reply = try await desk.jobs.listCredentials(JobsAPI.ListCredentialsRequest())
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
    func reopened() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "jobs-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "jobs.sqlite").path
        let store = try JobsStore(path: path)
        let first = try store.credentials()
        try store.close()
        let again = try JobsStore(path: path)
        #expect(try again.credentials() == first)
        try again.close()
    }
}
