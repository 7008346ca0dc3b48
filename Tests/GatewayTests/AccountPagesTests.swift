import HTTPTypes
import RPC
import Testing

@Suite("Registration, log-in and log-out")
struct AccountPagesTests {
    @Test("A form without its token is refused", arguments: ["/register", "/login", "/logout", "/casepilot"])
    func missingToken(path: String) async throws {
        try await Desk().visit { browser in
            try await browser.send("/register")
            let fields = ["email": "ada@example.org", "password": "correct horse battery"]
            #expect(try await browser.postRaw(path, fields).status == .forbidden)
            #expect(try await browser.postRaw(path, fields.merging(["csrf": "AAAA"]) { $1 }).status == .forbidden)
        }
    }

    @Test("A token of another browser, or from before the log-in, is refused")
    func foreignToken() async throws {
        let desk = Desk()
        try await desk.visit { browser in
            let foreign = try await browser.send("/login").token
            browser.forgetCookies()
            try await browser.send("/login")
            #expect(try await browser.postRaw("/login", ["csrf": foreign]).status == .forbidden)
            let before = try await browser.send("/login").token
            _ = try await browser.register("ada@example.org")
            #expect(try await browser.postRaw("/logout", ["csrf": before]).status == .forbidden)
        }
    }

    @Test("A form that another site made the browser post is refused, token or not")
    func crossSite() async throws {
        try await Desk().visit { browser in
            let token = try await browser.send("/login").token
            let page = try await browser.postRaw(
                "/login", ["csrf": token], headers: [HTTPField.Name("Sec-Fetch-Site")!: "cross-site"])
            #expect(page.status == .forbidden)
        }
    }

    @Test("What is wrong is said on the form, which keeps the address and drops the password")
    func mistakes() async throws {
        try await Desk().visit { browser in
            let short = try await browser.post("/register", ["email": "ada@example.org", "password": "short"])
            #expect(short.status == .badRequest)
            #expect(short.text.contains("at least 10 characters"))
            #expect(short.text.contains(#"value="ada@example.org""#))
            #expect(!short.text.contains(#"value="short""#))
            let wrong = try await browser.post("/login", ["email": "ada@example.org", "password": "wrong password"])
            #expect(wrong.status == .unauthorized)
            #expect(wrong.text.contains("The address or the password is wrong."))
            #expect(browser.cookies["session"] == nil)
        }
    }

    @Test("Log-in leads back to where the reader was, and nowhere else")
    func returning() async throws {
        try await Desk().visit { browser in
            _ = try await browser.register("ada@example.org")
            let token = try await browser.send("/").token
            #expect(try await browser.postRaw("/logout", ["csrf": token]).status == .seeOther)
            #expect(browser.cookies["session"] == nil)
            let places = [
                ("/codes/cpt/20975?on=2026-01-01", "/codes/cpt/20975?on=2026-01-01"), ("//evil.example", "/account"),
                ("https://evil.example", "/account"), ("/\\evil.example", "/account"), ("", "/account"),
            ]
            for (next, location) in places {
                let page = try await browser.post(
                    "/login", ["email": "ada@example.org", "password": "correct horse battery", "next": next])
                #expect(page.headers[.location] == location)
                let token = try await browser.send("/").token
                _ = try await browser.postRaw("/logout", ["csrf": token])
            }
        }
    }

    @Test("A session that has ended makes its reader a guest and takes the cookie back")
    func endedSession() async throws {
        try await Desk().visit { browser in
            browser.setCookie("session", "unknown")
            let page = try await browser.send("/codes/cpt/20975")
            #expect(page.remaining == "0")
            #expect(browser.cookies["session"] == nil)
        }
    }

    @Test("Cookies are HttpOnly and SameSite=Lax, and Secure with a host prefix behind https")
    func cookieAttributes() async throws {
        try await Desk().visit { browser in
            let line = try await browser.send("/codes/cpt/20975").headers[.setCookie] ?? ""
            #expect(line.hasPrefix("guest=") && line.contains("HttpOnly") && line.contains("SameSite=Lax"))
            #expect(!line.contains("Secure"))
        }
        try await Desk(origin: "https://codes.example.org").visit { browser in
            let page = try await browser.send("/codes/cpt/20975")
            let line = page.headers[.setCookie] ?? ""
            #expect(line.hasPrefix("__Host-guest=") && line.contains("; Secure"))
            #expect(page.headers[.strictTransportSecurity] != nil)
        }
    }

    @Test("A form of another media type or beyond 64 KiB is refused")
    func bodies() async throws {
        try await Desk().visit { browser in
            let json = try await browser.send(
                "/login", method: .post, headers: [.contentType: "application/json"], body: "{}")
            #expect(json.status == .unsupportedMediaType)
            let long = try await browser.postRaw("/login", ["email": String(repeating: "a", count: 70_000)])
            #expect(long.status == .contentTooLarge)
        }
    }
}
