import HTTPTypes
import Testing

@Suite("Log-in against somebody who prepares the browser")
struct LoginSecurityTests {
    private static let password = "correct horse battery"

    @Test("A session that was planted before is not the one that a log-in gives, and opens nothing")
    func fixation() async throws {
        let accounts = try RealAccounts()
        try await accounts.makeVerified("ada@example.org")
        try await Desk(realAccounts: accounts).visit { browser in
            let planted = String(repeating: "A", count: 43)
            browser.setCookie("session", planted)
            let fields = ["email": "ada@example.org", "password": Self.password]
            let answer = try await browser.post("/login", fields)
            #expect(answer.status == .seeOther)
            let first = browser.cookies["session"]
            #expect(first != nil && first != planted)
            #expect(try await browser.post("/login", fields, from: "/account").status == .seeOther)
            #expect(browser.cookies["session"] != first, "every log-in makes a session of its own")
            browser.forgetCookies()
            browser.setCookie("session", planted)
            #expect(try await browser.send("/account").headers[.location]?.hasPrefix("/login") == true)
        }
        withExtendedLifetime(accounts) {}
    }

    @Test(
        "Nobody is logged in by another site's form, nor with the token of another browser's",
        arguments: ["/login", "/register"])
    func foreignForms(path: String) async throws {
        let accounts = try RealAccounts()
        try await accounts.makeVerified("mallory@example.org")
        try await Desk(realAccounts: accounts).visit { browser in
            var fields = ["email": "mallory@example.org", "password": Self.password]
            #expect(try await browser.postRaw(path, fields).status == .forbidden)
            let theirs = try await browser.send(path).token
            browser.forgetCookies()
            let ours = try await browser.send(path).token
            fields["csrf"] = theirs
            #expect(try await browser.postRaw(path, fields).status == .forbidden)
            fields["csrf"] = ours
            let site = try #require(HTTPField.Name("Sec-Fetch-Site"))
            #expect(try await browser.postRaw(path, fields, headers: [site: "cross-site"]).status == .forbidden)
            #expect(browser.cookies["session"] == nil)
        }
        withExtendedLifetime(accounts) {}
    }

    @Test("A wrong password takes as long for an address that has an account as for one that has none")
    func timing() async throws {
        let accounts = try RealAccounts()
        let names = (0..<15).map { "reader\($0)" }
        for name in names { try await accounts.makeVerified("\(name)@example.org") }
        try await Desk(realAccounts: accounts).visit { browser in
            let token = try await browser.send("/login").token
            let fail = { (email: String) in
                let fields = ["email": email, "password": "no such password", "csrf": token]
                return try await ContinuousClock().measure {
                    let page = try await browser.postRaw("/login", fields)
                    #expect(page.status == .unauthorized && page.text.contains("is wrong"))
                }
            }
            var known: [Duration] = []
            var unknown: [Duration] = []
            for name in names {
                known.append(try await fail("\(name)@example.org"))
                unknown.append(try await fail("\(name)@nobody.example"))
            }
            // Hashing is most of it: whoever skipped it for strangers would answer in a tenth of the time.
            let ratio = unknown.sorted()[7] / known.sorted()[7]
            #expect(0.4 < ratio && ratio < 2.5, "unknown addresses take \(ratio) times as long")
        }
        withExtendedLifetime(accounts) {}
    }
}
