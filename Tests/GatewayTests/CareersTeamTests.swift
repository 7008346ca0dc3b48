import Contracts
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("CareerCenter with the accounts of Accounts")
struct CareersTeamTests {
    private static let password = "correct horse battery"
    private static let pdf = "%PDF-1.7\n<< /Type /Catalog >>\n%%EOF\n"

    /// Browsers of verified people, by the name before the `@`, with Accounts and Jobs as the programs serve them.
    private func visit(
        _ names: [String],
        _ body: @escaping @Sendable (RealJobs, RealAccounts, [String: Browser]) async throws -> Void
    ) async throws {
        let accounts = try RealAccounts()
        let jobs = try await RealJobs(accounts: accounts)
        var desk = Desk(realAccounts: accounts)
        desk.realJobs = jobs
        try await desk.application().test(.router) { client in
            var browsers: [String: Browser] = [:]
            for name in names {
                let email = "\(name)@example.org"
                if name == "moderator" {
                    try await accounts.makeAdministrator(email)
                } else {
                    try await accounts.makeVerified(email)
                }
                let browser = Browser(client)
                let fields = ["email": email, "password": Self.password]
                #expect(try await browser.post("/login", fields).status == .seeOther)
                browsers[name] = browser
            }
            try await body(jobs, accounts, browsers)
        }
        withExtendedLifetime((accounts, jobs)) {}
    }

    private func bearer(_ browser: Browser) -> HTTPFields {
        [.contentType: "application/json", .authorization: "Bearer \(browser.cookies["session"] ?? "")"]
    }

    @Test("An employer's form offers the organisations that one manages, keeps the one that is set, and takes it away")
    func organisation() async throws {
        try await visit(["ada", "mia", "eve"]) { _, accounts, browsers in
            let (ada, mia, eve) = (
                try #require(browsers["ada"]), try #require(browsers["mia"]), try #require(browsers["eve"])
            )
            let team = try #require(
                try await ada.post("/account/organisations", ["name": "North <b>Team</b>"]).headers[.location])
            let organisation = String(team.split(separator: "/").last ?? "")
            let invitation = try await ada.send(team)
            _ = try await ada.postRaw(
                team + "/invite", ["csrf": invitation.token, "email": "mia@example.org", "role": "member"])
            let token = try accounts.mailedToken("invite", to: "mia@example.org")
            _ = try await mia.post("/invitation", ["token": token], from: "/invitation?token=\(token)")

            #expect(try await ada.send("/employers").text.contains("North &lt;b&gt;Team&lt;/b&gt;"))
            let made = try await ada.post(
                "/employers",
                ["name": "Clinic", "domain": "clinic.example", "organisation": organisation])
            let employer = try #require(made.headers[.location])
            let page = try await ada.send(employer)
            #expect(page.text.contains("<option value=\"\(organisation)\" selected>"))
            // As a browser sends it: with what the page has chosen.
            let saved = try await ada.postRaw(
                employer, ["csrf": page.token, "name": "Clinic", "about": "New words.", "organisation": organisation])
            #expect(saved.status == .ok && saved.text.contains("New words."))
            let seen = try await ada.send("/v1\(employer)", headers: bearer(ada))
            #expect(seen.text.contains("\"organisation\":\"\(organisation)\""))

            // Its member works there and may save the page, which offers the organisation of others as it is.
            #expect(try await mia.send("/employers").text.contains("clinic.example"))
            let hers = try await mia.send(employer)
            #expect(hers.text.contains("<option value=\"\(organisation)\" selected>"))
            let kept = try await mia.postRaw(
                employer, ["csrf": hers.token, "name": "Clinic", "about": "Mia's.", "organisation": organisation])
            #expect(kept.status == .ok)
            let notHers = try await mia.postRaw(
                employer, ["csrf": hers.token, "name": "Clinic", "about": "", "organisation": ""])
            #expect(notHers.status == .forbidden)
            #expect(try await eve.send("/v1\(employer)", headers: bearer(eve)).text.contains("\"organisation\":\"\""))

            let without = try await ada.postRaw(
                employer, ["csrf": page.token, "name": "Clinic", "about": "", "organisation": ""])
            #expect(without.status == .ok)
            #expect(try await !mia.send("/employers").text.contains("clinic.example"))
        }
    }

    @Test("A résumé by JSON: uploaded whole, sent, read by applicant and employer alone")
    func resume() async throws {
        try await visit(["owner", "seeker", "stranger", "moderator"]) { jobs, _, browsers in
            let (owner, seeker) = (try #require(browsers["owner"]), try #require(browsers["seeker"]))
            let moderator = try #require(browsers["moderator"])
            let made = try await owner.post("/employers", ["name": "Clinic", "domain": "clinic.example"])
            let employer = try #require(made.headers[.location]?.split(separator: "/").last).description
            try await jobs.verify(employer)
            let content = """
                {"title": "Coder", "description": "\(String(repeating: "You code charts of the clinic. ", count: 5))", \
                "setting": "professional", "workplace": "remote", "employment": "full_time", "applyMethod": "form"}
                """
            func json(
                _ browser: Browser, _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil
            ) async throws -> Page {
                try await browser.send(path, method: method, headers: bearer(browser), body: body)
            }
            let draft = try await json(
                owner, .post, "/v1/jobs", #"{"employerId": "\#(employer)", "content": \#(content)}"#)
            let job = try #require(draft.value("\"id\":\""), "\(draft.text)")
            #expect(try await json(owner, .post, "/v1/jobs/\(job)/submission", "{}").status == .ok)
            let verdict = try await json(
                moderator, .post, "/v1/jobs/\(job)/verdict", #"{"verdict": "approve", "revision": 1}"#)
            #expect(verdict.status == .ok, "\(verdict.text)")

            // 5 000 000 bytes, the longest that there may be.
            let padding = String(repeating: " ", count: 5_000_000 - Self.pdf.utf8.count)
            let bytes = Data((Self.pdf.replacing("%%EOF", with: padding + "%%EOF")).utf8)
            #expect(bytes.count == 5_000_000)
            let file = bytes.base64EncodedString()
            let upload = try await json(seeker, .post, "/v1/me/resumes", #"{"pdf": "\#(file)"}"#)
            let name = try #require(upload.value("\"resume\":\""), "\(upload.text.prefix(300))")
            #expect(upload.headers[.cacheControl] == "no-store")
            let sent = try await json(
                seeker, .post, "/v1/jobs/\(job)/applications",
                #"{"name": "Sam", "resume": "\#(name)", "resumeName": "../cv.pdf"}"#)
            let application = try #require(sent.value("\"id\":\""), "\(sent.text)")
            for name in ["owner", "seeker"] {
                let browser = try #require(browsers[name])
                let read = try await json(browser, .get, "/v1/applications/\(application)/resume")
                #expect(read.status == .ok && read.headers[.cacheControl] == "no-store")
                #expect(read.value("\"pdf\":\"") == file && read.value("\"name\":\"") == "cv.pdf", "\(name)")
            }
            for name in ["stranger", "moderator"] {
                let browser = try #require(browsers[name])
                #expect(try await json(browser, .get, "/v1/applications/\(application)/resume").status == .notFound)
            }
            let nobody = Browser(seeker)
            #expect(try await nobody.send("/v1/applications/\(application)/resume").status == .unauthorized)
            let unknown = try await nobody.send(
                "/v1/me/resumes", method: .post, headers: [.contentType: "application/json"], body: "{}")
            #expect(unknown.status == .unauthorized)
            let hostile = Data("<svg onload=alert(1)>".utf8).base64EncodedString()
            let refused = try await json(seeker, .post, "/v1/me/resumes", #"{"pdf": "\#(hostile)"}"#)
            #expect(refused.status == .badRequest && refused.text.contains("\"field\":\"resume\""))
            let long = try await json(
                seeker, .post, "/v1/me/resumes",
                #"{"pdf": "\#(String(repeating: "AAAA", count: 2_000_000))"}"#)
            #expect(long.status == .contentTooLarge)
            #expect(try await json(seeker, .post, "/v1/me/resumes", #"{"pdf": "*"}"#).status == .badRequest)
        }
    }
}
