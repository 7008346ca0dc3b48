import Contracts
import Foundation
import Jobs
import RPC
import Testing

@Suite("Applications and their résumés")
struct ApplicationTests {
    static let pdf = Array("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n".utf8)

    private func upload(_ desk: JobsDesk, _ bytes: [UInt8], by account: String = "seeker") async throws -> String {
        let stream = desk.seekers.uploadResume(options: desk.by(account))
        var rest = bytes[...]
        while !rest.isEmpty {
            do {
                try await stream.send(SeekersAPI.ResumePart(pdf: Array(rest.prefix(1 << 20))))
            } catch { break }
            rest = rest.dropFirst(1 << 20)
        }
        return try await stream.finish().resume
    }

    private func read(_ desk: JobsDesk, _ id: String, by account: String) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        let parts = desk.seekers.getResume(
            SeekersAPI.ApplicationActRequest(id: id), options: desk.by(account))
        for try await part in parts { bytes += part.pdf }
        return bytes
    }

    @Test(
        "Sent, read by the employer alone, moved with a note that the applicant does not see, withdrawn with its file")
    func wholeWay() async throws {
        let desk = try await JobsDesk()
        let job = try await desk.published(try await desk.employer(), desk.content())
        _ = try await desk.seekers.putProfile(
            SeekersAPI.Profile(name: "Ada", credentials: ["CPC"], years: 4), options: desk.by("seeker"))
        let large = Self.pdf.dropLast(6) + [UInt8](repeating: 0x20, count: 3_000_000) + Array("\n%%EOF\n".utf8)
        let file = try await upload(desk, Array(large))
        let sent = try await desk.seekers.apply(
            SeekersAPI.ApplyRequest(
                id: job.id, name: "Ada Coder", cover: "Hello.", resume: file,
                resumeName: "../../etc/passwd\u{0000}\r\nSet-Cookie: x.pdf"), options: desk.by("seeker"))
        #expect(sent.email == "seeker@mail.example")
        #expect(sent.resumeName == "passwdSet-Cookie x.pdf")
        #expect(try desk.mails().filter { $0.kind == "application" }.map(\.recipient) == ["owner@mail.example"])
        let again = await desk.refusal {
            try await desk.seekers.apply(
                SeekersAPI.ApplyRequest(id: job.id, name: "Ada"), options: desk.by("seeker"))
        }
        #expect(again?.reason == "applied")

        let list = try await desk.employers.listApplicants(
            EmployersAPI.ListApplicantsRequest(id: job.id), options: desk.by("owner"))
        #expect(list.applications.first?.profile?.credentials == ["CPC"])
        #expect(try await read(desk, sent.id, by: "owner") == Array(large))
        #expect(try await read(desk, sent.id, by: "seeker") == Array(large))
        for stranger in ["other", "moderator"] {
            await #expect(throws: ServiceError.self) { try await read(desk, sent.id, by: stranger) }
        }
        let moved = try await desk.employers.moveApplication(
            EmployersAPI.MoveApplicationRequest(id: sent.id, stage: "interview", note: "Friendly."),
            options: desk.by("owner"))
        #expect(moved.stage == "interview" && moved.note == "Friendly.")
        let mine = try await desk.seekers.listMyApplications(
            SeekersAPI.ListMyApplicationsRequest(), options: desk.by("seeker"))
        #expect(mine.applications.map(\.stage) == ["interview"] && mine.applications.map(\.note) == [""])
        let foreign = await desk.refusal {
            try await desk.seekers.withdrawApplication(
                SeekersAPI.ApplicationActRequest(id: sent.id), options: desk.by("owner"))
        }
        #expect(foreign?.kind == .notFound)
        _ = try await desk.seekers.withdrawApplication(
            SeekersAPI.ApplicationActRequest(id: sent.id), options: desk.by("seeker"))
        #expect(
            try await desk.employers.listApplicants(
                EmployersAPI.ListApplicantsRequest(id: job.id), options: desk.by("owner")
            ).applications.isEmpty)
        let left = try FileManager.default.contentsOfDirectory(
            atPath: desk.folder.appendingPathComponent("resumes").path)
        #expect(left == [])
    }

    @Test("What is no plain PDF of 5 MB is refused, by its content and whatever it is called")
    func hostileFiles() async throws {
        let desk = try await JobsDesk()
        let head = "%PDF-1.7\n"
        let files: [(String, [UInt8])] = [
            ("no PDF", Array("<html><script>alert(1)</script>".utf8)), ("empty", []),
            ("zip", [0x50, 0x4B, 0x03, 0x04] + [UInt8](repeating: 0, count: 64)),
            ("cut off", Array("\(head)1 0 obj".utf8)),
            ("script", Array("\(head)<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>\n%%EOF".utf8)),
            ("launch", Array("\(head)<< /S /Launch /F (cmd.exe) >>\n%%EOF".utf8)),
            ("file inside", Array("\(head)<< /Type /EmbeddedFile >>\n%%EOF".utf8)),
            ("encrypted", Array("\(head)trailer << /Encrypt 5 0 R >>\n%%EOF".utf8)),
            ("too long", Array(head.utf8) + [UInt8](repeating: 0x41, count: 5_000_001) + Array("%%EOF".utf8)),
            ("svg", Array("<svg onload='alert(1)' xmlns='http://www.w3.org/2000/svg'/>".utf8)),
        ]
        for (name, bytes) in files {
            let refusal = await desk.refusal { try await upload(desk, bytes) }
            #expect(refusal?.kind == .invalidArgument && refusal?.field == "resume", "\(name)")
        }
        let kept = try FileManager.default.contentsOfDirectory(
            atPath: desk.folder.appendingPathComponent("resumes").path)
        #expect(kept == [])
    }

    @Test("An upload is the uploader's alone, one at a time, and for an hour")
    func uploads() async throws {
        let desk = try await JobsDesk()
        let job = try await desk.published(try await desk.employer(), desk.content())
        let mine = try await upload(desk, Self.pdf)
        let stolen = await desk.refusal {
            try await desk.seekers.apply(
                SeekersAPI.ApplyRequest(id: job.id, name: "Eve", resume: mine), options: desk.by("other"))
        }
        #expect(stolen?.field == "resume")
        let path = await desk.refusal {
            try await desk.seekers.apply(
                SeekersAPI.ApplyRequest(id: job.id, name: "Eve", resume: "../jobs.sqlite"), options: desk.by("other"))
        }
        #expect(path?.field == "resume")
        _ = try await upload(desk, Self.pdf)
        let folder = desk.folder.appendingPathComponent("resumes").path
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 1)
        desk.advance(seconds: 3_700)
        try await desk.caretaker.forget()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        desk.accounts.set("seeker", verified: false)
        let unverified = await desk.refusal { try await upload(desk, Self.pdf) }
        #expect(unverified?.reason == "unverified_address")
    }

    @Test("A closed job, and one that is applied to elsewhere, take no application")
    func closed() async throws {
        let desk = try await JobsDesk()
        let employer = try await desk.employer()
        var elsewhere = desk.content("Coder elsewhere")
        elsewhere.applyMethod = "email"
        elsewhere.applyTarget = "jobs@clinic.example"
        let mailed = try await desk.published(employer, elsewhere)
        let noForm = await desk.refusal {
            try await desk.seekers.apply(
                SeekersAPI.ApplyRequest(id: mailed.id, name: "Ada"), options: desk.by("seeker"))
        }
        #expect(noForm?.reason == "no_form")
        let job = try await desk.published(employer, desk.content("Auditor of facility claims and wards"))
        _ = try await desk.employers.closeJob(
            EmployersAPI.CloseJobRequest(id: job.id, reason: "filled"), options: desk.by("owner"))
        let over = await desk.refusal {
            try await desk.seekers.apply(
                SeekersAPI.ApplyRequest(id: job.id, name: "Ada"), options: desk.by("seeker"))
        }
        #expect(over?.reason == "closed")
    }
}
