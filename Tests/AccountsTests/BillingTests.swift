import Accounts
import Calendar
import Contracts
import Foundation
import Mail
import RPC
import Testing

@Suite struct BillingTests {
    private let secret = Array("a secret of the payment provider".utf8)

    private func desk(_ provider: PaymentProvider? = nil) throws -> Desk {
        try Desk(payments: provider ?? .pages(address: "https://pay.example.org/go", PaymentSigner(secrets: [secret])))
    }

    /// A verified account that has gone off to pay: its options and the checkout.
    private func started(
        _ desk: Desk, offer: String = "professional-month"
    ) async throws -> (options: CallOptions, page: BillingAPI.ProviderPage) {
        let options = try await desk.acting(try await desk.verified().token)
        return (options, try await desk.billing.startCheckout(.init(offer: offer), options: options))
    }

    private func plan(_ desk: Desk, _ options: CallOptions) async throws -> String {
        try await desk.me.getMe(.init(), options: options).account?.plan ?? ""
    }

    /// Sends an event as the provider does.
    private func send(
        _ desk: Desk, _ id: String, _ type: String, _ checkout: String, days: Int64? = nil, ago: Int64 = 0,
        more: String = ""
    ) async throws -> String {
        let now = desk.clock.now.seconds
        let created = now - ago
        let end = days.map { #","period_end":\#(created + $0 * 86_400)"# } ?? ""
        let text = #"{"id":"\#(id)","type":"\#(type)","checkout":"\#(checkout)","created":\#(created)\#(end)\#(more)}"#
        let body = Array(text.utf8)
        let signature = PaymentSigner(secrets: [secret]).signature(of: body, at: desk.clock.now)
        return try await desk.billing.receiveEvent(.init(body: body, signature: signature)).outcome
    }

    private func refused(
        _ kind: ServiceError.Kind, _ reason: String? = nil, _ body: () async throws -> Void
    ) async {
        let error = await #expect(throws: ServiceError.self) { try await body() }
        #expect(error?.kind == kind && (reason == nil || error?.reason == reason), "\(String(describing: error))")
    }

    @Test func `a checkout leads to the provider with a signed address, and its event changes the plan`() async throws {
        let desk = try desk()
        let (options, page) = try await started(desk)
        let parts = page.url.split(separator: "&signature=").map(String.init)
        #expect(
            parts[0].hasPrefix(
                "https://pay.example.org/go?checkout=\(page.checkout)&act=start&offer=professional-month"))
        #expect(parts[0].contains("&amount=2900&currency=USD&seats=1&trial_days=14"))
        let query = String(parts[0].split(separator: "?")[1])
        #expect(parts[1] == PaymentSigner(secrets: [secret]).signature(ofQuery: query))
        #expect(try await plan(desk, options) == "free")
        #expect(try await send(desk, "e1", "started", page.checkout, days: 30) == "applied")
        #expect(try await plan(desk, options) == "professional")
        let found = try await desk.billing.listSubscriptions(.init(), options: options).subscriptions
        #expect(found.map(\.state) == ["active"] && found.map(\.id) == [page.checkout])
        #expect(try desk.mails("billing").count == 1)
        await refused(.failedPrecondition, "subscribed") {
            _ = try await desk.billing.startCheckout(.init(offer: "professional-year"), options: options)
        }
    }

    @Test func `an event is applied once, whatever comes again, late or out of order`() async throws {
        let desk = try desk()
        let (options, page) = try await started(desk)
        #expect(try await send(desk, "e1", "started", page.checkout, days: 30) == "applied")
        #expect(try await send(desk, "e1", "started", page.checkout, days: 30) == "repeated")
        desk.clock.advance(days: 30)
        #expect(try await send(desk, "e3", "renewed", page.checkout, days: 30) == "applied")
        #expect(try await send(desk, "e2", "failed", page.checkout, ago: 3_600) == "outdated")
        #expect(try await send(desk, "e2", "failed", page.checkout) == "repeated")
        let found = try await desk.billing.listSubscriptions(.init(), options: options).subscriptions
        #expect(found.map(\.state) == ["active"])
        #expect(try await plan(desk, options) == "professional")
        #expect(try desk.count("payment_events") == 3)
        // Many at once: one is applied.
        let outcomes = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<8 { group.addTask { try await send(desk, "e4", "renewed", page.checkout, days: 31) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count { $0 == "applied" } == 1 && outcomes.count { $0 == "repeated" } == 7)
    }

    @Test func `a trial runs to its end, is given once, and a cancelled plan ends to the second`() async throws {
        let desk = try desk()
        let (options, page) = try await started(desk)
        #expect(try await send(desk, "e1", "started", page.checkout, days: 14, more: #","trial":true"#) == "applied")
        #expect(try await desk.billing.listSubscriptions(.init(), options: options).subscriptions[0].state == "trial")
        desk.clock.advance(days: 10)
        #expect(try await send(desk, "e2", "cancelled", page.checkout) == "applied")
        desk.clock.advance(seconds: 4 * 86_400 - 1)
        #expect(try await plan(desk, options) == "professional")
        desk.clock.advance(seconds: 1)
        #expect(try await plan(desk, options) == "free")
        let offers = try await desk.billing.listOffers(.init(), options: options)
        #expect(!offers.trialPossible)
        let again = try await desk.billing.startCheckout(.init(offer: "professional-month"), options: options)
        #expect(again.url.contains("trial_days=0"))
    }

    @Test func `a payment that fails keeps the plan for three days, and one that comes after keeps it on`() async throws
    {
        let desk = try desk()
        let (options, page) = try await started(desk)
        _ = try await send(desk, "e1", "started", page.checkout, days: 30)
        desk.clock.advance(days: 30)
        #expect(try await send(desk, "e2", "failed", page.checkout) == "applied")
        #expect(try desk.mails("billing").last?.text.contains("did not go through") == true)
        desk.clock.advance(days: 2)
        #expect(try await plan(desk, options) == "professional")
        desk.clock.advance(days: 1)
        #expect(try await plan(desk, options) == "free")
        #expect(try await send(desk, "e3", "renewed", page.checkout, days: 30) == "applied")
        #expect(try await plan(desk, options) == "professional")
        #expect(try await send(desk, "e4", "ended", page.checkout) == "applied")
        #expect(try await plan(desk, options) == "free")
        #expect(try await send(desk, "e5", "renewed", page.checkout, days: 30) == "outdated")
    }

    @Test func `signatures that are wrong, old or of another secret are refused, and nothing is read before`()
        async throws
    {
        let desk = try desk()
        let (_, page) = try await started(desk)
        let body = Array(#"{"id":"e1","type":"ended","checkout":"\#(page.checkout)","created":1773100800}"#.utf8)
        let signer = PaymentSigner(secrets: [secret])
        let good = signer.signature(of: body, at: desk.clock.now)
        let other = PaymentSigner(secrets: [Array("another secret, long enough".utf8)])
        for signature in [
            "", "v1=00", "t=1,v1=", String(good.dropLast()), good + "0", good.replacing("t=", with: "t=1"),
            other.signature(of: body, at: desk.clock.now), String(repeating: "v1=00,", count: 500),
        ] {
            await refused(.unauthenticated, "bad_signature") {
                _ = try await desk.billing.receiveEvent(.init(body: body, signature: signature))
            }
        }
        await refused(.unauthenticated, "bad_signature") {
            _ = try await desk.billing.receiveEvent(.init(body: body + [0x20], signature: good))
        }
        for seconds in [-301, 301] as [Int64] {
            let stale = signer.signature(of: body, at: desk.clock.now.adding(seconds: seconds))
            await refused(.unauthenticated, "stale") {
                _ = try await desk.billing.receiveEvent(.init(body: body, signature: stale))
            }
        }
        // While a secret is replaced both hold.
        let both = PaymentSigner(secrets: [Array("the newest secret of all".utf8), secret])
        try both.check(good, of: body, at: desk.clock.now)
        #expect(try desk.count("payment_events") == 0)
    }

    @Test(arguments: [
        "", "{}", "[]", "null", #"{"id":"e","type":"paid","checkout":"c","created":1773100800}"#,
        #"{"id":"e e","type":"ended","checkout":"c","created":1773100800}"#,
        #"{"id":"e","type":"started","checkout":"c","created":1773100800}"#,
        #"{"id":"e","type":"renewed","checkout":"c","created":1773100800,"period_end":1773100800}"#,
        #"{"id":"e","type":"renewed","checkout":"c","created":1773100800,"period_end":9223372036854775807}"#,
        #"{"id":"e","type":"ended","checkout":"c","created":-9223372036854775808}"#,
        #"{"id":"e","type":"ended","checkout":"c","created":1773100800,"seats":0}"#,
        #"{"id":"e","type":"ended","checkout":"c","created":1773100800,"seats":99999999999999999999}"#,
    ])
    func `an event that cannot be read is refused and not noted`(text: String) async throws {
        let desk = try desk()
        let body = Array(text.utf8)
        let signature = PaymentSigner(secrets: [secret]).signature(of: body, at: desk.clock.now)
        await refused(.invalidArgument) {
            _ = try await desk.billing.receiveEvent(.init(body: body, signature: signature))
        }
        #expect(try desk.count("payment_events") == 0)
    }

    @Test func `an event of a checkout that is none of ours, or that is too long, is refused`() async throws {
        let desk = try desk()
        await refused(.notFound) { _ = try await send(desk, "e1", "ended", "nobody") }
        await refused(.invalidArgument) {
            _ = try await send(
                desk, "e1", "ended", "nobody", more: #","note":"\#(String(repeating: "x", count: 17_000))""#)
        }
    }

    @Test func `a team's plan is its first members', as many as are paid for, and the next one's when one goes`()
        async throws
    {
        let desk = try desk()
        let owner = try await desk.acting(try await desk.verified("owner@example.org").token)
        let team = try await desk.organisations.createOrganisation(.init(name: "Clinic"), options: owner)
        var members: [CallOptions] = []
        for number in 0..<2 {
            desk.clock.advance(seconds: 1)
            let email = "m\(number)@example.org"
            let session = try await desk.verified(email)
            _ = try await desk.organisations.inviteMember(.init(id: team.id, email: email), options: owner)
            let token = Desk.token(in: try desk.mails("invite").last { $0.recipient == email })
            members.append(try await desk.acting(session.token))
            _ = try await desk.organisations.acceptInvitation(.init(token: token), options: members[number])
        }
        await refused(.notFound) {
            _ = try await desk.billing.startCheckout(
                .init(offer: "team-month", organisationId: team.id, seats: 2), options: members[0])
        }
        let page = try await desk.billing.startCheckout(
            .init(offer: "team-month", organisationId: team.id, seats: 2), options: owner)
        _ = try await send(desk, "e1", "started", page.checkout, days: 30, more: #","seats":2"#)
        var plans = [try await plan(desk, owner), try await plan(desk, members[0]), try await plan(desk, members[1])]
        #expect(plans == ["professional", "professional", "free"])
        _ = try await desk.organisations.leaveOrganisation(.init(id: team.id), options: members[0])
        plans = [try await plan(desk, owner), try await plan(desk, members[0]), try await plan(desk, members[1])]
        #expect(plans == ["professional", "free", "professional"])
        await refused(.failedPrecondition, "subscription") {
            _ = try await desk.organisations.deleteOrganisation(
                .init(id: team.id, password: Desk.password), options: owner)
        }
        desk.clock.advance(days: 33)
        #expect(try await plan(desk, owner) == "free")
        #expect(try await plan(desk, members[1]) == "free")
    }

    @Test func `the built-in provider shows the round trip`() async throws {
        let desk = try desk(.test(PaymentSigner()))
        let (options, page) = try await started(desk)
        #expect(page.url == "https://desk.example.org/account/billing/test?id=\(page.checkout)")
        let press = { (button: String) in
            try await desk.billing.pressTestButton(.init(id: page.checkout, button: button), options: options).outcome
        }
        let buttons = {
            try await desk.billing.lookAtTestPage(.init(id: page.checkout), options: options).buttons
        }
        #expect(try await buttons() == ["pay", "fail"])
        #expect(try await press("fail") == "applied")
        #expect(try await plan(desk, options) == "free")
        #expect(try await press("pay") == "applied")
        #expect(try await plan(desk, options) == "professional")
        await refused(.invalidArgument) { _ = try await press("pay") }
        #expect(try await press("renew") == "applied")
        #expect(try await press("cancel") == "applied")
        #expect(try await buttons() == ["resume", "end"])
        #expect(try await press("resume") == "applied")
        #expect(try await press("end") == "applied")
        #expect(try await plan(desk, options) == "free")
        let stranger = try await desk.acting(try await desk.verified("other@example.org").token)
        await refused(.notFound) {
            _ = try await desk.billing.lookAtTestPage(.init(id: page.checkout), options: stranger)
        }
    }

    @Test func `nobody goes off to pay more than so often a day`() async throws {
        let desk = try desk()
        let (options, _) = try await started(desk)
        for _ in 1..<30 {
            _ = try await desk.billing.startCheckout(.init(offer: "professional-month"), options: options)
        }
        await refused(.resourceExhausted, "too_many_checkouts") {
            _ = try await desk.billing.startCheckout(.init(offer: "professional-month"), options: options)
        }
        desk.clock.advance(days: 1)
        _ = try await desk.billing.startCheckout(.init(offer: "professional-month"), options: options)
    }

    @Test func `without a provider nothing is sold, and a real one has no test page`() async throws {
        let none = try Desk()
        let options = try await none.acting(try await none.verified().token)
        #expect(try await none.billing.listOffers(.init(), options: options).offers.isEmpty)
        await refused(.failedPrecondition, "no_provider") {
            _ = try await none.billing.startCheckout(.init(offer: "professional-month"), options: options)
        }
        let real = try desk()
        let (caller, page) = try await started(real)
        await refused(.failedPrecondition, "no_test_provider") {
            _ = try await real.billing.lookAtTestPage(.init(id: page.checkout), options: caller)
        }
    }

    @Test(arguments: [
        ("2026-01-31", "month", "2026-02-28"), ("2028-01-31", "month", "2028-02-29"),
        ("2026-12-15", "month", "2027-01-15"), ("2028-02-29", "year", "2029-02-28"),
    ])
    func `a period ends on the same day of a later month, or on its last`(
        _ from: String, _ interval: String, _ to: String
    ) throws {
        let offer = try Offer(
            id: "x", plan: .professional, interval: interval, amount: 1, currency: "USD", trialDays: 0, isTeam: false)
        let start = UTCInstant(startOf: try #require(CalendarDate(from))).adding(seconds: 4_000)
        #expect(offer.end(ofPeriodFrom: start).rfc3339 == "\(to)T01:06:40Z")
    }
}
