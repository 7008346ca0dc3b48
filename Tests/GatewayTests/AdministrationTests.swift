import HTTPTypes
import Testing

@Suite("The administration's pages")
struct AdministrationTests {
    private static let administrator = "root@example.org"

    /// An administrator who is logged in, beside one member.
    private func visit(_ body: @escaping @Sendable (_ administrator: Browser, _ member: String) async throws -> Void)
        async throws
    {
        let accounts = try RealAccounts()
        try await accounts.makeAdministrator(Self.administrator)
        try await Desk(realAccounts: accounts).visit { browser in
            _ = try await browser.register("ada@example.org")
            browser.forgetCookies()
            _ = try await browser.post(
                "/login", ["email": Self.administrator, "password": "correct horse battery"])
            let found = try await browser.send("/admin?q=ada@")
            let start = try #require(found.text.firstRange(of: "/admin/accounts/")).upperBound
            try await body(browser, String(found.text[start...].prefix { $0 != "\"" }))
        }
        withExtendedLifetime(accounts) {}
    }

    @Test("Every address is for administrators: others get 403, whatever they send")
    func doors() async throws {
        try await visit { browser, member in
            #expect(try await browser.send("/").text.contains(#"<a href="/admin">Administration</a>"#))
            browser.forgetCookies()
            _ = try await browser.post("/login", ["email": "ada@example.org", "password": "correct horse battery"])
            let home = try await browser.send("/")
            #expect(!home.text.contains(#"href="/admin""#))
            let token = home.token
            let pages = [
                "/admin", "/admin/accounts/\(member)", "/admin/licences", "/admin/offers", "/admin/audit",
                "/admin/royalties?year=2026",
            ]
            for path in pages { #expect(try await browser.send(path).status == .forbidden) }
            let acts = [
                "accounts/\(member)/suspension", "accounts/\(member)/roles", "accounts/\(member)/plan",
                "accounts/\(member)/grants", "accounts/\(member)/corrections", "licences", "licences/withdrawal",
                "licences/terms", "offers", "accounts/\(member)/seats",
            ]
            for path in acts {
                let page = try await browser.postRaw("/admin/\(path)", ["csrf": token, "role-administrator": "on"])
                #expect(page.status == .forbidden)
                #expect(page.text.contains("for administrators"))
                #expect(page.text.contains("<h1>That was not done</h1>"))
            }
        }
    }

    @Test("An account is found, put on a plan, given pages, suspended and let back, and each act is in its log")
    func account() async throws {
        try await visit { browser, member in
            let path = "/admin/accounts/\(member)"
            let page = try await browser.send(path)
            #expect(page.text.contains("5 of 5"))
            let key = try #require(page.text.firstRange(of: #"name="key" value=""#)).upperBound
            let grant = [
                "csrf": page.token, "key": String(page.text[key...].prefix { $0 != "\"" }), "feature": "code_page",
                "amount": "3", "ends_on": "2099-01-01", "reason": "a workshop",
            ]
            for _ in 0..<2 {
                let given = try await browser.postRaw("\(path)/grants", grant)
                #expect(given.headers[.location] == "\(path)?done=grant")
            }
            #expect(try await browser.send(path).text.contains("8 of 8"))
            let wrong = try await browser.post("\(path)/grants", grant.merging(["amount": "0"]) { $1 }, from: path)
            #expect(wrong.status == .badRequest)
            _ = try await browser.post("\(path)/plan", ["plan": "professional", "reason": "paid"], from: path)
            #expect(try await browser.send(path).text.contains(#"value="professional" selected"#))
            _ = try await browser.post("\(path)/roles", ["role-editor": "on"], from: path)
            #expect(try await browser.send(path).text.contains(#"name="role-editor" checked"#))
            _ = try await browser.post("\(path)/suspension", ["suspended": "on", "reason": "crawling"], from: path)
            let suspended = try await browser.send(path)
            #expect(suspended.text.contains(">suspended</span>"))
            _ = try await browser.post("\(path)/suspension", ["suspended": "off", "reason": "sorry"], from: path)
            let after = try await browser.send(path)
            #expect(!after.text.contains(">suspended</span>"))
            for word in ["a workshop", "paid", "crawling", "sorry"] { #expect(after.text.contains(word)) }
            #expect(try await browser.send("/admin/accounts/nobody").status == .notFound)
        }
    }

    @Test("An offer is added, shown to buyers, refused with its reason, and taken off the list")
    func offers() async throws {
        try await visit { browser, _ in
            let path = "/admin/offers"
            #expect(try await browser.send(path).text.contains(#"aria-current="page">Offers"#))
            let offer = ["id": "team-year", "plan": "professional", "price": "290.5", "currency": "USD"]
                .merging(["interval": "year", "trial_days": "", "team": "on"]) { $1 }
            let added = try await browser.post(path, offer)
            #expect(added.headers[.location] == "\(path)?done=offer")
            let list = try await browser.send("\(path)?done=offer")
            #expect(list.text.contains("USD 290.50 a year") && list.text.contains("organisations, by the seat"))
            for price in ["", "1,50", "-1", "1.234", "99999999"] {
                let refused = try await browser.post(path, offer.merging(["price": price]) { $1 })
                #expect(refused.status == .badRequest && refused.text.contains("at most two decimals"))
                #expect(refused.text.contains(#"value="team-year""#), "what was typed stays")
            }
            let wrong = try await browser.post(path, offer.merging(["id": "<b>"]) { $1 })
            #expect(wrong.status == .badRequest && !wrong.text.contains("<b>"))
            _ = try await browser.post(path, offer.merging(["withdrawn": "on"]) { $1 })
            #expect(try await !browser.send(path).text.contains(#"data-offer="team-year""#))
        }
    }

    @Test("An organisation's seats are set on the page of an account that belongs to it; its owner sees them")
    func seats() async throws {
        try await visit { browser, _ in
            let made = try await browser.post("/account/organisations", ["name": "Clinic <b>"])
            let organisation = try #require(made.headers[.location])
            let found = try await browser.send("/admin?q=root@")
            let start = try #require(found.text.firstRange(of: "/admin/accounts/")).upperBound
            let path = "/admin/accounts/\(found.text[start...].prefix { $0 != "\"" })"
            let id = String(organisation.split(separator: "/")[2])
            #expect(
                try await browser.send(path).text.contains(#"data-organisation="\#(id)"><h2>Clinic &lt;b&gt;</h2>"#))
            let seats = ["organisation": id, "seats": "12", "licensed_seats": "3", "reason": "bought by invoice"]
            let set = try await browser.post("\(path)/seats", seats, from: path)
            #expect(set.headers[.location] == "\(path)?done=seats")
            let page = try await browser.send(organisation)
            #expect(page.text.contains("1 of 12") && page.text.contains("3 named users a year"))
            let none = try await browser.post("\(path)/seats", seats.merging(["seats": "0"]) { $1 }, from: path)
            #expect(none.status == .badRequest)
        }
    }

    @Test("A licence is recorded and withdrawn, terms are published, and royalties are a CSV file")
    func licences() async throws {
        try await visit { browser, _ in
            let path = "/admin/licences"
            #expect(try await browser.send(path).text.contains("No licence is recorded"))
            let licence = [
                "licensee": "Clinic <i>One</i>", "number": "L-1", "starts_on": "2026-01-01", "ends_on": "2030-12-31",
                "seats": "5",
            ]
            let added = try await browser.post(path, licence)
            #expect(added.headers[.location] == "\(path)?done=licence")
            let list = try await browser.send(path)
            #expect(list.text.contains("Clinic &lt;i&gt;One&lt;/i&gt;"))
            #expect(list.text.contains("0 of 5 taken"))
            let id = try #require(list.text.firstRange(of: #"name="id" value=""#)).upperBound
            _ = try await browser.postRaw(
                "\(path)/withdrawal",
                ["csrf": list.token, "id": String(list.text[id...].prefix { $0 != "\"" }), "withdrawn": "on"])
            #expect(try await browser.send(path).text.contains(">withdrawn</span>"))
            let terms = try await browser.post(
                "\(path)/terms", ["version": "2026-1", "text": "Read <b>only</b>."], from: path)
            #expect(terms.headers[.location] == "\(path)?done=licence")
            let shown = try await browser.send("/account/terms/cpt?next=//evil.example")
            #expect(shown.text.contains("Read &lt;b&gt;only&lt;/b&gt;."))
            #expect(!shown.text.contains("evil.example"))
            let accepted = try await browser.postRaw(
                "/account/terms/cpt", ["csrf": shown.token, "version": "2026-1", "next": "/codes/cpt/20975"])
            #expect(accepted.headers[.location] == "/codes/cpt/20975")
            let csv = try await browser.send("/admin/royalties?year=2026")
            #expect(csv.headers[.contentType] == "text/csv; charset=utf-8")
            let log = try await browser.send("/admin/audit")
            #expect(log.text.contains("operator:test"))
        }
    }
}
