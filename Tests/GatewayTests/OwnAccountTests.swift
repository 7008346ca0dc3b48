import HTTPTypes
import Schema
import Testing

@testable import Gateway

@Suite("A reader's own pages")
struct OwnAccountTests {
    private static let paths = [
        "/account", "/account/desk", "/account/security", "/account/keys", "/account/organisations", "/account/billing",
        "/account/data",
    ]

    /// A registered reader on the real Accounts, and on a real Jobs when there is one.
    private func visit(
        jobs: RealJobs? = nil, _ body: @escaping @Sendable (Browser) async throws -> Void
    ) async throws {
        let accounts = try RealAccounts()
        try await Desk(realAccounts: accounts, realJobs: jobs).visit { browser in
            _ = try await browser.register("ada@example.org")
            try await body(browser)
        }
        withExtendedLifetime(accounts) {}
    }

    @Test("Each page sends a stranger to log in and back, and none is kept by the browser")
    func doors() async throws {
        try await visit { browser in
            for path in Self.paths {
                let page = try await browser.send(path)
                #expect(page.status == .ok)
                #expect(page.headers[.cacheControl] == "no-store")
                #expect(page.text.contains("aria-current=\"page\""))
            }
            browser.forgetCookies()
            for path in Self.paths + ["/account/data/export", "/account/terms/cpt", "/admin"] {
                let page = try await browser.send(path)
                #expect(page.headers[.location]?.hasPrefix("/login?next=") == true)
            }
        }
    }

    @Test("The overview shows plan, meters and this month's chart with its words")
    func overview() async throws {
        try await visit { browser in
            #expect(try await browser.send("/codes/icd10cm/E11.9").grant == "granted")
            let page = try await browser.send("/account")
            #expect(page.text.contains("ada@example.org"))
            #expect(page.text.contains(#"data-plan="free""#))
            #expect(page.text.contains("of 5 left"))
            #expect(page.text.contains("1 code pages and 0 questions and cases."))
            #expect(page.text.contains(#"<a class="code" href="/codes/icd10cm/E11.9">icd10cm/E11.9</a>"#))
        }
    }

    @Test("A favourite, a watch and a note are kept from the code page and taken away again on the desk")
    func desk() async throws {
        try await visit { browser in
            let code = try await browser.send("/codes/icd10cm/E11.9")
            #expect(code.text.contains("Add a note"))
            let mark = [
                "csrf": code.token, "code": "icd10cm/E11.9", "next": "/codes/icd10cm/E11.9", "change": "favourite",
                "on": "on",
            ]
            #expect(try await browser.postRaw("/account/desk/mark", mark).headers[.location] == "/codes/icd10cm/E11.9")
            let note = mark.merging(["change": "note", "note": "<script>ask</script> for the A1c"]) { $1 }
            _ = try await browser.postRaw("/account/desk/mark", note)
            let marked = try await browser.send("/codes/icd10cm/E11.9")
            #expect(marked.text.contains(#"value="off" aria-pressed="true">Favourite"#))
            #expect(marked.text.contains("&lt;script&gt;ask&lt;/script&gt; for the A1c</textarea>"))
            let unverified = try await browser.postRaw(
                "/account/desk/mark", mark.merging(["change": "watch"]) { $1 })
            #expect(unverified.status == .badRequest)
            #expect(unverified.text.contains("verify your address first"))
            let desk = try await browser.send("/account/desk")
            #expect(desk.text.contains("favourite</span>"))
            #expect(!desk.text.contains("<script>ask"))
            _ = try await browser.postRaw("/account/desk/mark", mark.merging(["on": ""]) { $1 })
            _ = try await browser.postRaw("/account/desk/mark", note.merging(["note": ""]) { $1 })
            #expect(try await browser.send("/account/desk").text.contains("Nothing is kept yet"))
        }
    }

    @Test("Searches are kept when they are wanted")
    func searches() async throws {
        try await visit { browser in
            let page = try await browser.post("/account/desk/searches", ["on": "on"], from: "/account/desk")
            #expect(page.headers[.location] == "/account/desk?done=searches")
            #expect(try await browser.send("/account/desk?done=searches").text.contains("Stop, and delete them"))
        }
    }

    @Test("A key is shown once, works as a bearer token, and is revoked")
    func keys() async throws {
        try await visit { browser in
            let refused = try await browser.post("/account/keys", ["name": "EHR <b>test</b>"])
            #expect(refused.status == .badRequest)
            let made = try await browser.post("/account/keys", ["name": "EHR <b>test</b>", "scope-read": "on"])
            let start = try #require(made.text.firstRange(of: "data-secret>")).upperBound
            let secret = String(made.text[start...].prefix { $0 != "<" })
            #expect(secret.hasPrefix("ca_"))
            let list = try await browser.send("/account/keys")
            #expect(!list.text.contains(secret))
            #expect(list.text.contains("EHR &lt;b&gt;test&lt;/b&gt;"))
            let id = try #require(list.text.firstRange(of: #"name="id" value=""#)).upperBound
            let revoked = try await browser.postRaw(
                "/account/keys/revoke", ["csrf": list.token, "id": String(list.text[id...].prefix { $0 != "\"" })])
            #expect(revoked.headers[.location] == "/account/keys?done=key")
            #expect(try await browser.send("/account/keys").text.contains("No keys"))
        }
    }

    @Test("A password is changed by who knows it, an address gets a link, and what is wrong stands on its form")
    func credentials() async throws {
        try await visit { browser in
            let wrong = try await browser.post(
                "/account/security/password", ["password": "not this", "new_password": "nine unrelated pears"],
                from: "/account/security")
            #expect(wrong.status == .forbidden)
            #expect(wrong.text.contains(#"id="password-problem""#))
            let right = try await browser.post(
                "/account/security/password",
                ["password": "correct horse battery", "new_password": "nine unrelated pears"],
                from: "/account/security")
            #expect(right.headers[.location] == "/account/security?done=password")
            let address = try await browser.post(
                "/account/security/email", ["email": "ada@example.net", "password": "nine unrelated pears"],
                from: "/account/security")
            #expect(address.headers[.location] == "/account/security?done=email")
            let factor = try await browser.post(
                "/account/security/factor", ["password": "nine unrelated pears"], from: "/account/security")
            #expect(factor.text.contains("otpauth://totp/"))
            let noCode = try await browser.postRaw(
                "/account/security/factor/confirm", ["csrf": factor.token, "code": "000000", "secret": "ABCDEFGH"])
            #expect(noCode.text.contains(#"id="factor-problem""#))
            #expect(noCode.text.contains("ABCD EFGH"))
        }
    }

    @Test("The export is one JSON file, and deletion wants the box and the password")
    func data() async throws {
        let jobs = try await RealJobs()
        try await visit(jobs: jobs) { browser in
            let export = try await browser.send("/account/data/export")
            #expect(export.headers[.contentDisposition]?.hasPrefix("attachment") == true)
            #expect(export.text.contains("ada@example.org"))
            let path = "/account/data/delete"
            let unsure = try await browser.post(
                path, ["password": "correct horse battery"], from: "/account/data")
            #expect(unsure.status == .badRequest)
            let wrong = try await browser.post(path, ["password": "wrong", "sure": "on"], from: "/account/data")
            #expect(wrong.status == .forbidden)
            let gone = try await browser.post(
                path, ["password": "correct horse battery", "sure": "on"], from: "/account/data")
            #expect(gone.text.contains("Your account is deleted"))
            #expect(browser.cookies["session"] == nil)
            let back = try await browser.post(
                "/login", ["email": "ada@example.org", "password": "correct horse battery"])
            #expect(back.status == .unauthorized)
        }
    }

    @Test("The export holds what CareerCenter keeps too, and is none when a service is away")
    func wholeExport() async throws {
        let jobs = try await RealJobs()
        try await jobs.makeSample(3)
        try await visit(jobs: jobs) { browser in
            let list = try await browser.send("/v1/jobs")
            let job = try #require(list.value("\"id\":\""))
            _ = try await browser.post("/careers/\(job)/save", ["saved": "on"], from: "/careers/\(job)")
            _ = try await browser.post(
                "/careers/profile", ["name": "Ada", "headline": "Coder of hearts"], from: "/careers/profile")
            let export = try await browser.send("/account/data/export")
            let data = try JSONValue(Array(export.text.utf8))
            #expect(data["profile"]?["account"]?["email"]?.string == "ada@example.org")
            #expect(data["careers"]?["profile"]?["headline"]?.string == "Coder of hearts")
            #expect(data["careers"]?["savedJobs"]?.elements.map { $0["id"]?.string } == [job])
            #expect(data["careers"]?["applications"]?.elements.isEmpty == true)
            #expect(data["careers"]?["savedSearches"]?.elements.isEmpty == true)
            #expect(data["conversations"]?.elements.isEmpty == true)
        }
        // The double of Jobs serves no seekers.
        try await visit { browser in
            let export = try await browser.send("/account/data/export")
            #expect(export.status != .ok && !export.text.contains("\"profile\""))
        }
    }

    @Test("No form of one's own goes through without its token")
    func tokens() async throws {
        try await visit { browser in
            let posts = [
                "verification", "desk/mark", "desk/searches", "security/email", "security/password",
                "security/factor", "security/factor/confirm", "security/factor/end", "security/sessions/end",
                "security/sessions/end-others", "keys", "keys/revoke", "data/delete", "terms/cpt",
            ]
            for path in posts {
                let page = try await browser.postRaw("/account/\(path)", ["sure": "on"])
                #expect(page.status == .forbidden)
            }
        }
    }
}
