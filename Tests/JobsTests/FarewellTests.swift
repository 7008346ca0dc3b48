import Contracts
import Foundation
import Jobs
import RPC
import Testing

@Suite("Accounts that are deleted")
struct FarewellTests {
    @Test("What a deleted account kept and sent is gone with its file; others' stays")
    func deleted() async throws {
        let desk = try await JobsDesk()
        let job = try await desk.published(try await desk.employer(), desk.content())
        for account in ["seeker", "other"] {
            let stream = desk.seekers.uploadResume(options: desk.by(account))
            try await stream.send(SeekersAPI.ResumePart(pdf: ApplicationTests.pdf))
            let file = try await stream.finish().resume
            _ = try await desk.seekers.apply(
                SeekersAPI.ApplyRequest(id: job.id, name: account, phone: "555 0100", resume: file),
                options: desk.by(account))
            _ = try await desk.seekers.saveJob(SeekersAPI.SaveJobRequest(id: job.id), options: desk.by(account))
            _ = try await desk.seekers.putProfile(SeekersAPI.Profile(name: account), options: desk.by(account))
            _ = try await desk.seekers.saveSearch(
                SeekersAPI.SaveSearchRequest(search: .init(q: "coder")), options: desk.by(account))
        }
        #expect(try await desk.caretaker.farewell(after: "") == "")
        #expect(try await applicants(desk, job.id) == ["other", "seeker"])
        desk.accounts.remove("seeker")
        _ = try await desk.caretaker.farewell(after: "")
        #expect(try await applicants(desk, job.id) == ["other"])
        #expect(try desk.store.accounts(after: "", limit: 10) == ["other", "owner"])
        let files = try FileManager.default.contentsOfDirectory(
            atPath: desk.folder.appendingPathComponent("resumes").path)
        #expect(files.count == 1)
    }

    @Test("While Accounts is away, or knows nobody at all, nothing is deleted")
    func suspicious() async throws {
        let desk = try await JobsDesk()
        let job = try await desk.published(try await desk.employer(), desk.content())
        for number in 0..<20 {
            desk.accounts.set("seeker\(number)")
            _ = try await desk.seekers.saveJob(
                SeekersAPI.SaveJobRequest(id: job.id), options: desk.by("seeker\(number)"))
        }
        let before = try desk.store.accounts(after: "", limit: 100)
        #expect(before.count == 21)
        desk.accounts.setAway(true)
        await #expect(throws: ServiceError.self) { try await desk.caretaker.farewell(after: "") }
        desk.accounts.setAway(false)
        for account in before { desk.accounts.remove(account) }
        _ = try await desk.caretaker.farewell(after: "")
        #expect(try desk.store.accounts(after: "", limit: 100) == before)
    }

    private func applicants(_ desk: JobsDesk, _ job: String) async throws -> [String] {
        try await desk.employers.listApplicants(
            EmployersAPI.ListApplicantsRequest(id: job), options: desk.by("owner")
        ).applications.map(\.name).sorted()
    }
}
