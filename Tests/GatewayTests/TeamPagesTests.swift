import Accounts
import Calendar
import Contracts
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Organisations and payment")
struct TeamPagesTests {
    private static let password = "correct horse battery"

    /// Browsers of verified readers, by the name before the `@`, on one Accounts.
    private func visit(
        _ names: [String], payments: PaymentProvider = .test(PaymentSigner()),
        _ body: @escaping @Sendable (RealAccounts, [String: Browser]) async throws -> Void
    ) async throws {
        let accounts = try RealAccounts(payments: payments)
        try await Desk(realAccounts: accounts).application().test(.router) { client in
            var browsers: [String: Browser] = [:]
            for name in names {
                try await accounts.makeVerified("\(name)@example.org")
                let browser = Browser(client)
                let fields = ["email": "\(name)@example.org", "password": Self.password]
                #expect(try await browser.post("/login", fields).status == .seeOther)
                browsers[name] = browser
            }
            try await body(accounts, browsers)
        }
        withExtendedLifetime(accounts) {}
    }

    /// Makes an organisation; its page's path.
    private func organisation(_ browser: Browser, _ name: String = "Clinic <b>North</b>") async throws -> String {
        let made = try await browser.post("/account/organisations", ["name": name])
        #expect(made.status == .seeOther)
        return try #require(made.headers[.location])
    }

    @Test("An invitation leads a stranger to log in and back, joins once, and shows the team")
    func joining() async throws {
        try await visit(["ada", "mia"]) { accounts, browsers in
            let (ada, mia) = (try #require(browsers["ada"]), try #require(browsers["mia"]))
            let path = try await organisation(ada)
            let page = try await ada.send(path)
            #expect(page.text.contains("<h1>Clinic &lt;b&gt;North&lt;/b&gt;</h1>"))
            #expect(
                page.text.contains(#"<th scope="row">ada@example.org"#), "who has no name is not called like the team")
            let invited = try await ada.postRaw(
                path + "/invite", ["csrf": page.token, "email": "mia@example.org", "role": "member"])
            #expect(invited.headers[.location] == path + "?done=invited")
            #expect(try await ada.send(path + "?done=invited").text.contains("The invitation is on its way."))
            let token = try accounts.mailedToken("invite", to: "mia@example.org")
            #expect(token.hasPrefix("mi_"))
            let other = try await ada.send("/invitation?token=\(token)")
            #expect(other.text.contains("logged in with another address") && !other.text.contains(">Join</button>"))
            ada.forgetCookies()
            let stranger = try await ada.send("/invitation?token=\(token)")
            #expect(stranger.text.contains("/login?next=%2Finvitation%3Ftoken"))
            let open = try await mia.send("/invitation?token=\(token)")
            #expect(open.headers[.cacheControl] == "no-store" && open.text.contains(">Join</button>"))
            let joined = try await mia.postRaw("/invitation", ["csrf": open.token, "token": token])
            #expect(joined.headers[.location] == path + "?done=joined")
            let team = try await mia.send(path)
            #expect(team.text.contains("ada@example.org") && team.text.contains(#"data-role="member""#))
            #expect(!team.text.contains("Invite somebody") && team.text.contains("Leave Clinic"))
            let again = try await mia.send("/invitation?token=\(token)")
            #expect(again.status == .notFound && again.text.contains("opens nothing any more"))
            let list = try await mia.send("/account/organisations")
            #expect(list.text.contains("2 of 5"))
            _ = try await mia.postRaw("/account/name", ["csrf": list.token, "display": "Mia <i>M</i>"])
            #expect(try await mia.send(path).text.contains("Mia &lt;i&gt;M&lt;/i&gt;<br>"))
            #expect(try await mia.send("/account/organisations").text.contains(#"value="Mia &lt;i&gt;M&lt;/i&gt;""#))
        }
    }

    @Test("What a member may not do is refused on the page; ownership takes the password")
    func roles() async throws {
        try await visit(["ada", "mia"]) { accounts, browsers in
            let (ada, mia) = (try #require(browsers["ada"]), try #require(browsers["mia"]))
            let path = try await organisation(ada, "Clinic")
            var page = try await ada.send(path)
            _ = try await ada.postRaw(path + "/invite", ["csrf": page.token, "email": "mia@example.org"])
            let token = try accounts.mailedToken("invite", to: "mia@example.org")
            let open = try await mia.send("/invitation?token=\(token)")
            _ = try await mia.postRaw("/invitation", ["csrf": open.token, "token": token])
            let refused = try await mia.postRaw(
                path + "/invite", ["csrf": open.token, "email": "x@example.org"])
            #expect(refused.status == .forbidden && refused.text.contains("your role in the organisation"))
            page = try await ada.send(path)
            let start = try #require(page.text.firstRange(of: #"name="member" value=""#)).upperBound
            let member = String(page.text[start...].prefix { $0 != "\"" })
            let promoted = try await ada.postRaw(
                path + "/role", ["csrf": page.token, "member": member, "role": "manager"])
            #expect(promoted.headers[.location] == path + "?done=member-role")
            let wrong = try await ada.postRaw(
                path + "/transfer", ["csrf": page.token, "member": member, "password": "no"])
            #expect(wrong.status == .forbidden && wrong.text.contains("the password is wrong"))
            let handed = try await ada.postRaw(
                path + "/transfer", ["csrf": page.token, "member": member, "password": Self.password])
            #expect(handed.status == .seeOther)
            #expect(try await ada.send(path).text.contains(#"data-role="manager""#))
            let left = try await ada.postRaw(path + "/leave", ["csrf": page.token])
            #expect(left.headers[.location] == "/account/organisations?done=left")
            #expect(try await ada.send(path).status == .notFound)
            #expect(try await mia.postRaw(path + "/nothing", ["csrf": open.token]).status == .notFound)
            #expect(try await mia.postRaw(path + "/leave", [:]).status == .forbidden)
        }
    }

    @Test("A plan is chosen, paid at the built-in provider, cancelled, and everybody sees how it stands")
    func paying() async throws {
        try await visit(["ada"]) { _, browsers in
            let ada = try #require(browsers["ada"])
            let page = try await ada.send("/account/billing")
            #expect(page.text.contains("USD 29.00 a month, the first 14 days are free"))
            #expect(page.text.contains("nobody is charged"))
            let gone = try await ada.postRaw(
                "/account/billing/checkout", ["csrf": page.token, "offer": "professional-month"])
            let test = try #require(gone.headers[.location])
            #expect(test.hasPrefix("/account/billing/test?id="))
            let id = String(test.split(separator: "=")[1])
            #expect(try await ada.send(test).text.contains("Let the payment fail"))
            let paid = try await ada.postRaw(
                "/account/billing/test", ["csrf": page.token, "id": id, "button": "pay"])
            #expect(paid.headers[.location] == "/account/billing?done=payment")
            let now = try await ada.send("/account/billing?done=payment")
            #expect(now.text.contains(#"data-plan="professional""#) && now.text.contains("<td>trial</td>"))
            let manage = try await ada.postRaw(
                "/account/billing/manage", ["csrf": page.token, "id": id, "act": "cancel"])
            #expect(manage.headers[.location] == test)
            _ = try await ada.postRaw("/account/billing/test", ["csrf": page.token, "id": id, "button": "cancel"])
            #expect(try await ada.send("/account/billing").text.contains("<td>cancelled</td>"))
            let wrong = try await ada.postRaw(
                "/account/billing/test", ["csrf": page.token, "id": id, "button": "pay"])
            #expect(wrong.status == .badRequest)
        }
    }

    @Test("A real provider is a link to its own page; its events come in by their signature alone")
    func provider() async throws {
        let signer = PaymentSigner(secrets: [Array("a secret of the payment provider".utf8)])
        try await visit(["ada"], payments: .pages(address: "https://pay.example.org/go", signer)) { _, browsers in
            let ada = try #require(browsers["ada"])
            let page = try await ada.send("/account/billing")
            let leaving = try await ada.postRaw(
                "/account/billing/checkout", ["csrf": page.token, "offer": "professional-month"])
            #expect(leaving.status == .ok && leaving.text.contains("Go to pay.example.org"))
            let start = try #require(leaving.text.firstRange(of: "?checkout=")).upperBound
            let checkout = String(leaving.text[start...].prefix { $0 != "&" })
            let now = Int64(Date.now.timeIntervalSince1970)
            let body =
                #"{"id":"e1","type":"started","checkout":"\#(checkout)","created":\#(now),"period_end":\#(now + 86_400)}"#
            let signature = signer.signature(of: Array(body.utf8), at: UTCInstant(seconds: now))
            let name = try #require(HTTPField.Name("Payment-Signature"))
            ada.forgetCookies()
            let send = { (signature: String?, body: String) in
                var headers: HTTPFields = [.contentType: "application/json"]
                headers[name] = signature
                return try await ada.send("/payments/events", method: .post, headers: headers, body: body).status
            }
            #expect(try await send(nil, body) == .unauthorized)
            #expect(try await send(signature, body + " ") == .unauthorized)
            #expect(try await send(signature, String(repeating: "x", count: 17_000)) == .contentTooLarge)
            #expect(try await send(signature, body) == .noContent)
            #expect(try await send(signature, body) == .noContent)
            #expect(
                try await ada.post("/login", ["email": "ada@example.org", "password": Self.password]).status
                    == .seeOther)
            #expect(try await ada.send("/account").text.contains(#"data-plan="professional""#))
        }
    }
}
