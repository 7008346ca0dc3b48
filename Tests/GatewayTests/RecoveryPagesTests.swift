import HTTPTypes
import Testing

@Suite("The links of Accounts' mails")
struct RecoveryPagesTests {
    @Test("A link opens a form and does nothing else; sending the form does it", arguments: ["/verify", "/reset"])
    func opened(path: String) async throws {
        try await Desk().visit { browser in
            let form = try await browser.send("\(path)?token=good")
            #expect(form.status == .ok)
            #expect(form.text.contains(#"name="token" value="good""#))
            #expect(form.headers[.cacheControl]?.contains("no-store") == true)
            let fields = ["csrf": form.token, "token": "good", "password": "a new long password"]
            let done = try await browser.postRaw(path, fields)
            #expect(done.status == .ok)
            #expect(!done.text.contains("<button>Set") && !done.text.contains("<button>Verify"))
            #expect(!done.text.contains("a new long password"))
        }
    }

    @Test("A link that is used up says so, and for a password offers another", arguments: ["/verify", "/reset"])
    func usedUp(path: String) async throws {
        try await Desk().visit { browser in
            let token = try await browser.send("\(path)?token=old").token
            let page = try await browser.postRaw(
                path, ["csrf": token, "token": "old", "password": "a new long password"])
            #expect(page.status == .notFound)
            #expect(page.text.contains("used or too old"))
            #expect(page.text.contains(#"name="email""#) == (path == "/reset"))
        }
    }

    @Test("A password that is too short is refused on the form, which keeps its link")
    func shortPassword() async throws {
        try await Desk().visit { browser in
            let token = try await browser.send("/reset?token=good").token
            let page = try await browser.postRaw("/reset", ["csrf": token, "token": "good", "password": "short"])
            #expect(page.status == .badRequest)
            #expect(page.text.contains("at least 10 characters"))
            #expect(page.text.contains(#"name="token" value="good""#))
        }
    }

    @Test("Asking for a link says the same whoever has an account")
    func asked() async throws {
        try await Desk().visit { browser in
            _ = try await browser.register("ada@example.org")
            let known = try await browser.post("/reset", ["email": "ada@example.org"])
            let unknown = try await browser.post("/reset", ["email": "nobody@example.org"])
            #expect(known.status == .ok && unknown.status == .ok)
            #expect(known.text.contains("If this address has an account"))
            #expect(unknown.text.contains("If this address has an account"))
            #expect(try await browser.post("/reset", ["email": "no address"]).status == .badRequest)
        }
    }

    @Test("A form without its token is refused", arguments: ["/verify", "/reset"])
    func withoutToken(path: String) async throws {
        try await Desk().visit { browser in
            let page = try await browser.postRaw(path, ["token": "good"])
            #expect(page.status == .forbidden)
        }
    }

    @Test("A token with markup in it stays text", arguments: ["/verify", "/reset"])
    func markup(path: String) async throws {
        try await Desk().visit { browser in
            let page = try await browser.send("\(path)?token=%22%3E%3Cscript%3E")
            #expect(!page.text.contains("<script>"))
        }
    }
}
