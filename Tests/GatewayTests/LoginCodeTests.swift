import HTTPTypes
import Testing

@Suite("Log-in with a second factor")
struct LoginCodeTests {
    /// The page after address and password of an account that has one.
    private func asked(_ browser: Browser) async throws -> Page {
        try await browser.post(
            "/login", ["email": "factor@example.org", "password": "correct horse battery", "next": "/account?x=1"])
    }

    @Test("The password leads to a second page, whose code logs in and goes on to where the reader was")
    func twoSteps() async throws {
        try await Desk().visit { browser in
            _ = try await browser.register("factor@example.org")
            browser.forgetCookies()
            let page = try await asked(browser)
            #expect(page.status == .ok && page.text.contains(#"data-page="login-code""#))
            #expect(page.headers[.cacheControl]?.contains("no-store") == true)
            #expect(browser.cookies["session"] == nil)
            #expect(!page.text.contains("correct horse battery"))
            let fields = ["csrf": page.token, "ticket": "a ticket", "next": "/account?x=1", "code": "123456"]
            let done = try await browser.postRaw("/login/code", fields)
            #expect(done.status == .seeOther && done.headers[.location] == "/account?x=1")
            #expect(browser.cookies["session"] != nil)
        }
    }

    @Test("A wrong code is said on the page, which keeps its ticket; one that took too long begins again")
    func mistakes() async throws {
        try await Desk().visit { browser in
            _ = try await browser.register("factor@example.org")
            browser.forgetCookies()
            let page = try await asked(browser)
            let wrong = try await browser.postRaw(
                "/login/code", ["csrf": page.token, "ticket": "a ticket", "next": "/account?x=1", "code": "000000"])
            #expect(wrong.status == .unauthorized && wrong.text.contains(#"data-page="login-code""#))
            #expect(
                wrong.text.contains(#"name="ticket" value="a ticket""#) && wrong.text.contains("The code is wrong."))
            let over = try await browser.postRaw(
                "/login/code", ["csrf": page.token, "ticket": "old", "code": "123456"])
            #expect(over.status == .unauthorized && over.text.contains(#"data-page="login""#))
            let none = try await browser.postRaw("/login/code", ["csrf": page.token, "code": "123456"])
            #expect(none.status == .seeOther && none.headers[.location] == "/login")
            #expect(try await browser.postRaw("/login/code", ["ticket": "a ticket"]).status == .forbidden)
            #expect(browser.cookies["session"] == nil)
        }
    }
}
