import Contracts
import Foundation
import RPC
import Testing

/// CareerCenter with the real Accounts beside it, all five programs as processes.
@Suite struct CareersTests {
    private static let content = """
        {"title": "Outpatient Coder", "setting": "professional", "workplace": "remote", "employment": "full_time", \
        "applyMethod": "form", "credentialsRequired": ["CPC"], \
        "description": "\(String(repeating: "You code the charts of three clinics from the record. ", count: 3))"}
        """
    private static let resume = Data("%PDF-1.7\n<< /Type /Catalog >>\n%%EOF\n".utf8).base64EncodedString()

    @Test func `from an unproven employer to an application, as Accounts says who may, and on while it is away`()
        async throws
    {
        try await RunningDesk.with(RunningDesk.Name.allCases) { desk in
            let owner = try await Person("owner", at: desk)
            let moderator = try await Person("moderator", roles: ["moderator"], at: desk)
            let seeker = try await Person("seeker", at: desk)
            let employer = try await provenEmployer(of: owner, desk)
            let job = try await published(by: owner, employer, moderator)

            let file = try await seeker.done("POST", "/v1/me/resumes", #"{"pdf":"\#(Self.resume)"}"#).word("resume")
            let sent = try await seeker.done(
                "POST", "/v1/jobs/\(job)/applications", #"{"name":"Sam","resume":"\#(try #require(file))"}"#)
            let application = try #require(sent.word("id"))
            #expect(try await desk.mail(with: "/employers/jobs/\(job)/applicants").contains("owner@example.org"))
            let read = try await owner.done("GET", "/v1/applications/\(application)/resume")
            #expect(read.word("pdf") == Self.resume)
            #expect(try await moderator.call("GET", "/v1/applications/\(application)/resume").status == 404)

            // Somebody whom the operator has suspended may do nothing more, at once.
            try await suspend(owner, true, desk)
            #expect([401, 403].contains(try await owner.call("POST", "/v1/jobs/\(job)/closing", "{}").status))
            try await suspend(owner, false, desk)

            // Without Accounts readers go on and nobody is let in; with it again everything is as it was.
            desk[.accounts].signal(SIGKILL)
            try await desk[.accounts].ended()
            #expect(try await Web().get("\(desk.origin)/v1/jobs?required=CPC").body.contains(job))
            #expect(try await seeker.call("GET", "/v1/me/applications").status == 503)
            try desk[.accounts].start()
            try await desk.untilReady(.accounts)
            let mine = try await answered { try await seeker.call("GET", "/v1/me/applications") }
            #expect(mine.body.contains(application))

            // A deleted account takes what it sent along: Jobs asks when it starts, and all day long.
            #expect(
                try await seeker.call("DELETE", "/v1/me", #"{"password":"correct horse battery"}"#).status == 200)
            desk[.jobs].signal(SIGTERM)
            try await desk[.jobs].ended()
            try desk[.jobs].start()
            try await desk.untilReady(.jobs)
            let again = try await Person("second", at: desk)
            #expect(try await answered { try await again.call("GET", "/v1/me/applications") }.status == 200)
            let end = ContinuousClock.now + .seconds(10)
            while try !resumes(desk).isEmpty, ContinuousClock.now < end {
                try await Task.sleep(for: .milliseconds(100))
            }
            #expect(try resumes(desk).isEmpty)
        }
    }

    /// An employer whose owner took the token from the mail that the desk sent to the domain.
    private func provenEmployer(of owner: Person, _ desk: RunningDesk) async throws -> String {
        let made = try await owner.done("POST", "/v1/employers", #"{"name":"Clinic","domain":"clinic.example"}"#)
        let employer = try #require(made.word("id"))
        let draft = try await owner.done(
            "POST", "/v1/jobs", #"{"employerId":"\#(employer)","content":\#(Self.content)}"#)
        let early = try await owner.call("POST", "/v1/jobs/\(try #require(draft.word("id")))/submission", "{}")
        #expect(early.status == 400 && early.body.contains("prove its domain"), "\(early.body)")
        _ = try await owner.done("POST", "/v1/employers/\(employer)/proofs", #"{"mailbox":"hr"}"#)
        let mail = try await desk.mail(with: "hr@clinic.example")
        let token = try #require(
            mail.split(whereSeparator: \.isNewline).map(String.init).first { line in
                line.count == 32 && !line.contains { !$0.isASCII || $0 == " " || $0 == ":" || $0 == "." }
            }, "\(mail)")
        let proven = try await owner.done(
            "POST", "/v1/employers/\(employer)/proofs/end", #"{"token":"\#(token)"}"#)
        #expect(proven.body.contains(#""verified":true"#))
        return employer
    }

    /// A posting that went through moderation.
    private func published(by owner: Person, _ employer: String, _ moderator: Person) async throws -> String {
        let jobs = try await owner.done("GET", "/v1/employers/\(employer)/jobs")
        let job = try #require(jobs.word("id"))
        let submitted = try await owner.done("POST", "/v1/jobs/\(job)/submission", "{}")
        #expect(submitted.word("state") == "submitted")
        #expect(try await owner.call("GET", "/v1/moderation").status == 403)
        #expect(try await moderator.done("GET", "/v1/moderation").body.contains(job))
        let verdict = try await moderator.done(
            "POST", "/v1/jobs/\(job)/verdict", #"{"verdict":"approve","revision":1}"#)
        #expect(verdict.word("state") == "published")
        return job
    }

    private func suspend(_ person: Person, _ isSuspended: Bool, _ desk: RunningDesk) async throws {
        let channel = desk.client(.accounts)
        _ = try await AdministrationAPI.Client(channel).setSuspended(
            AdministrationAPI.SetSuspendedRequest(accountId: person.id, suspended: isSuspended, reason: "a test"),
            options: CallOptions(principal: Array("operator test".utf8), waitForReady: true))
        await channel.close()
    }

    /// Asks until a service that has just come back is reached, up to 10 s.
    private func answered(_ call: () async throws -> Web.Answer) async throws -> Web.Answer {
        for _ in 0..<100 {
            let answer = try await call()
            if answer.status != 503 { return answer }
            try await Task.sleep(for: .milliseconds(100))
        }
        return try await call()
    }

    private func resumes(_ desk: RunningDesk) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: desk.folder.appending(path: "jobs/resumes").path)
    }
}
