import Contracts
import HTTPTypes
import RPC
import Testing

@Suite("The other pages")
struct PagesTests {
    @Test(
        "Every page answers, in HTML, with one stylesheet, one script, none inline, and strict headers",
        arguments: [
            "/", "/search", "/search?q=diabetes", "/case2code", "/codes/icd10cm", "/codes/icd10cm?under=E08-E13",
            "/editions", "/register", "/login", "/casepilot", "/errors", "/caseconsultant", "/careers", "/terms",
            "/privacy",
            "/help",
        ])
    func answers(path: String) async throws {
        try await Desk().visit { browser in
            let page = try await browser.send(path)
            #expect(page.status == .ok)
            #expect(page.headers[.contentType] == "text/html; charset=utf-8")
            #expect(page.text.contains(#"<html lang="en">"#))
            #expect(page.text.contains(#"<main data-page=""#))
            #expect(page.text.ranges(of: "<script").count == 1)
            #expect(page.text.contains(#"<script src="/assets/site-"#))
            #expect(page.text.ranges(of: "<link rel=\"stylesheet\"").count == 1)
            #expect(!page.text.contains("style="))
            #expect(page.headers[.contentSecurityPolicy]?.contains("script-src 'self'") == true)
            #expect(page.headers[.contentSecurityPolicy]?.contains("unsafe") == false)
            #expect(!page.text.contains("http://") && !page.text.contains("https://"))
            #expect(page.headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true)
            #expect(page.headers[.xContentTypeOptions] == "nosniff")
            #expect(page.headers[.cacheControl].map { $0 == "no-store" || $0.hasPrefix("private") } == true)
        }
    }

    @Test("A code page and its stylesheet are 60 kB or less together")
    func weight() async throws {
        try await Desk().visit { browser in
            let page = try await browser.send("/codes/cpt/20975")
            let start = try #require(page.text.firstRange(of: #"rel="stylesheet" href=""#)).upperBound
            let path = String(page.text[start...].prefix { $0 != "\"" })
            let sheet = try await browser.send(path)
            #expect(sheet.status == .ok)
            #expect(sheet.headers[.cacheControl]?.contains("immutable") == true)
            #expect(page.text.utf8.count + sheet.text.utf8.count <= 60_000)
        }
    }

    @Test("Search shows marked titles, facets, retired codes with their successors, and the next page")
    func search() async throws {
        try await Desk().visit { browser in
            let page = try await browser.send("/search?q=diabetes&on=2026-05-01")
            #expect(page.text.contains("Type 2 <mark>diabetes</mark> mellitus"))
            #expect(page.text.contains("212 codes match"))
            #expect(page.text.contains("/search?q=diabetes&amp;system=icd10cm&amp;on=2026-05-01"))
            #expect(page.text.contains("/codes/hcpcs/A4206?on=2026-05-01"))
            #expect(page.text.contains("page_token=next"))
        }
    }

    @Test(
        "Search words are text, whatever they hold",
        arguments: [
            #"<script>alert(1)</script>"#, #"" autofocus onfocus="alert(1)"#, "\"\u{301} onfocus=alert(1) x=",
            "'\u{301}><\u{338}img src=x>",
        ])
    func searchEscaping(words: String) async throws {
        try await Desk().visit { browser in
            let escaped = words.utf8.map { "%" + (String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)) }.joined()
            let page = try await browser.send("/search?q=\(escaped)")
            #expect(page.status == .ok)
            #expect(!page.text.contains("<script>"))
            #expect(!page.text.contains("<img src=x"))
            let start = try #require(page.text.firstRange(of: #"name="q" value=""#)).upperBound
            let value = page.text.unicodeScalars[start...].prefix { $0 != "\"" }
            #expect(!value.contains { $0 == "<" || $0 == "'" })
            #expect(value.contains { $0 == "&" })
            #expect(String(value).hasSuffix(words.hasSuffix(">") ? "&gt;" : String(words.last!)))
        }
    }

    @Test("A question that is too long is answered on the page")
    func longQuestion() async throws {
        try await Desk().visit { browser in
            let page = try await browser.send("/search?q=" + String(repeating: "a", count: 501))
            #expect(page.status == .badRequest)
            #expect(page.text.contains("At most 500 characters"))
        }
    }

    @Test("An address that is too long is refused")
    func longAddress() async throws {
        try await Desk().visit { browser in
            let page = try await browser.send("/search?q=" + String(repeating: "a", count: 9_000))
            #expect(page.status == .uriTooLong)
        }
    }

    @Test("Home stands when Lookup is away, and search says so")
    func lookupAway() async throws {
        let desk = Desk()
        desk.lookup.fail(with: ServiceError(.unavailable, "gone"))
        try await desk.visit { browser in
            let home = try await browser.send("/")
            #expect(home.status == .ok)
            let search = try await browser.send("/search?q=diabetes")
            #expect(search.status == .serviceUnavailable)
        }
    }

    @Test("An unknown address and an unknown code set are 404 pages with help")
    func notFound() async throws {
        try await Desk().visit { browser in
            for path in ["/nothing/here", "/codes/loinc"] {
                let page = try await browser.send(path)
                #expect(page.status == .notFound)
                #expect(page.text.contains("Search instead"))
            }
        }
    }

    @Test("A redirect, a failure and a page alike carry the security headers and a request id")
    func headersEverywhere() async throws {
        try await Desk().visit { browser in
            for path in ["/", "/account", "/nothing", "/v1/nothing", "/codes/icd10cm/e119"] {
                let page = try await browser.send(path)
                #expect(page.headers[.contentSecurityPolicy] != nil)
                #expect(page.headers[HTTPField.Name("X-Request-Id")!] != nil)
            }
        }
    }

    @Test("CasePilot's answer stands in a conversation, cited and escaped; a guest's second question meets the wall")
    func pilot() async throws {
        let desk = Desk()
        try await desk.visit { browser in
            let asked = try await browser.post("/casepilot", ["question": "What is E11.9?"])
            #expect(asked.status == .seeOther && asked.headers[.location] == "/casepilot/c1")
            let page = try await browser.send("/casepilot/c1")
            #expect(page.text.contains("It is a &lt;code&gt; of its set."))
            #expect(page.text.contains(#"href="/codes/icd10cm/E11.9""#))
            #expect(page.text.contains(##"href="#cite-01234567-1""##) && page.text.contains(#"id="cite-01234567-1""#))
            #expect(page.text.contains("Nothing of fees.") && page.text.contains("Check the documentation."))
            let refused = try await browser.post("/casepilot", ["question": "And E11.65?"])
            #expect(refused.status == .ok && refused.text.contains("No CasePilot questions left"))
            #expect(refused.text.contains("And E11.65?</textarea>"), "what was typed is still there")
            #expect(refused.text.contains("/register?next=/casepilot"))
            let missing = try await browser.send("/casepilot/other")
            #expect(missing.status == .notFound)
        }
        #expect(desk.assistant.questions.map(\.question) == ["What is E11.9?", "And E11.65?"])
        #expect(desk.assistant.questions.allSatisfy { !$0.guest.isEmpty })
        #expect(desk.accounts.opens.isEmpty, "Assistant charges, not Gateway")
    }

    @Test("An answer of which nothing is kept is shown at once; a malformed question is said beside the form")
    func pilotUnkept() async throws {
        try await Desk().visit { browser in
            let empty = try await browser.post("/casepilot", ["question": " "])
            #expect(empty.status == .badRequest && empty.text.contains("Ask something."))
            let page = try await browser.post("/casepilot", ["question": "with patient data"])
            #expect(page.status == .ok && page.text.contains("Not kept."))
            #expect(!page.text.contains("Good answer"), "nothing is there that could be judged")
        }
    }

    @Test("The public error log is a page")
    func errors() async throws {
        try await Desk().visit { browser in
            let page = try await browser.send("/errors")
            #expect(page.text.contains("An old title was shown."))
        }
    }
}
