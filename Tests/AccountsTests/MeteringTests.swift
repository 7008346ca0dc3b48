import Accounts
import Contracts
import RPC
import Storage
import Testing

@Suite struct MeteringTests {
    @Test func `a guest opens one page in 30 days, and opens it again for nothing`() async throws {
        let desk = try Desk()
        #expect(try await desk.balance(guest()) == AccountsAPI.Balance(limit: 1, remaining: 1, plan: "guest"))
        let first = try await desk.open(guest(), "icd10cm/E11.9")
        let spent = AccountsAPI.Balance(limit: 1, remaining: 0, resetsAt: "2026-04-09T00:00:00Z", plan: "guest")
        #expect(first == AccountsAPI.OpenReply(outcome: .granted, balance: spent))
        desk.clock.advance(days: 29, hours: 23)
        #expect(
            try await desk.open(guest(), "icd10cm/E11.9") == AccountsAPI.OpenReply(outcome: .repeat, balance: spent))
        let second = try await desk.open(guest(), "icd10cm/E11.8")
        #expect(second == AccountsAPI.OpenReply(outcome: .refused, balance: spent, reason: "limit"))
        #expect(try await desk.balance(guest()) == spent)
        desk.clock.advance(hours: 1)
        #expect(try await desk.balance(guest()).remaining == 1)
        #expect(try await desk.open(guest(), "icd10cm/E11.8").outcome == .granted)
        #expect(try await desk.open(guest(), "icd10cm/E11.9").outcome == .refused)
    }

    @Test func `an account opens five pages in a calendar month; the sixth is refused until the next`() async throws {
        let desk = try Desk("2026-03-31")
        let account = try await desk.account()
        for number in 1...5 {
            let reply = try await desk.open(account, "hcpcs/A000\(number)")
            #expect(reply.outcome == .granted)
            #expect(reply.balance?.remaining == UInt32(5 - number))
        }
        let refused = try await desk.open(account, "hcpcs/A0006")
        let spent = AccountsAPI.Balance(limit: 5, remaining: 0, resetsAt: "2026-04-01T00:00:00Z", plan: "free")
        #expect(refused == AccountsAPI.OpenReply(outcome: .refused, balance: spent, reason: "limit"))
        #expect(try await desk.open(account, "hcpcs/A0003").outcome == .repeat)
        desk.clock.advance(days: 1)
        #expect(try await desk.balance(account).remaining == 5)
        #expect(try await desk.open(account, "hcpcs/A0006").balance?.remaining == 4)
        #expect(try await desk.open(account, "hcpcs/A0003").outcome == .granted)
    }

    @Test func `a guest's pages come along at registration, stay free for their own 30 days, and are not counted`()
        async throws
    {
        let desk = try Desk("2026-03-20")
        #expect(try await desk.open(guest(), "cpt/20975").outcome == .granted)
        desk.clock.advance(days: 10)
        let account = try await desk.account(guest: "guest-0001")
        let carried = try await desk.open(account, "cpt/20975")
        #expect(carried.outcome == .repeat)
        #expect(carried.balance?.remaining == 5)
        for number in 1...5 { #expect(try await desk.open(account, "hcpcs/A000\(number)").outcome == .granted) }
        #expect(try await desk.open(account, "cpt/20975").outcome == .repeat)
        #expect(try await desk.open(account, "hcpcs/A0006").outcome == .refused)
        desk.clock.advance(days: 19, hours: 23)
        #expect(try await desk.open(account, "cpt/20975").outcome == .repeat)
        desk.clock.advance(hours: 1)
        let counted = try await desk.open(account, "cpt/20975")
        #expect(counted.outcome == .granted)
        #expect(counted.balance?.remaining == 4)
    }

    @Test func `a guest is merged once, into the first account only, and its own meter stays as it was`() async throws {
        let desk = try Desk()
        _ = try await desk.open(guest(), "cpt/20975")
        _ = try await desk.account("first@example.org", guest: "guest-0001")
        let second = try await desk.account("second@example.org", guest: "guest-0001")
        let reply = try await desk.open(second, "cpt/20975")
        #expect(reply.outcome == .granted)
        #expect(reply.balance?.remaining == 4)
        #expect(try await desk.open(guest(), "cpt/99213").outcome == .refused)
        #expect(try await desk.open(guest(), "cpt/20975").outcome == .repeat)
    }

    @Test func `what a guest opened more than 30 days ago does not come along`() async throws {
        let desk = try Desk("2026-03-01")
        _ = try await desk.open(guest(), "cpt/20975")
        desk.clock.advance(days: 30)
        let account = try await desk.account(guest: "guest-0001")
        #expect(try await desk.open(account, "cpt/20975").outcome == .granted)
    }

    @Test func `the professional plan opens every page, and counts from the change of plan on`() async throws {
        let desk = try Desk()
        let account = try await desk.account()
        for number in 1...5 { _ = try await desk.open(account, "hcpcs/A000\(number)") }
        try await desk.setPlan("professional", of: account)
        for number in 6...40 {
            let reply = try await desk.open(account, "hcpcs/A\(number)")
            #expect(reply.outcome == .granted)
            #expect(reply.balance?.unlimited == true && reply.balance?.limit == 0)
        }
        #expect(try await desk.open(account, "hcpcs/A0001").outcome == .repeat)
        try await desk.setPlan("free", of: account)
        #expect(try await desk.open(account, "hcpcs/B0001").outcome == .refused)
        #expect(try await desk.balance(account).remaining == 0)
    }

    @Test(
        arguments: [
            ("guest", "casepilot_question", 1, "2026-03-11T00:00:00Z"),
            ("free", "casepilot_question", 5, "2026-03-11T00:00:00Z"),
            ("free", "caseconsultant_case", 1, "2026-04-01T00:00:00Z"),
            ("professional", "casepilot_question", 200, "2026-03-11T00:00:00Z"),
            ("professional", "caseconsultant_case", 50, "2026-04-01T00:00:00Z"),
        ])
    func `each plan gives what the product says`(plan: String, feature: String, limit: Int, resets: String) async throws
    {
        let desk = try Desk()
        let subject = plan == "guest" ? guest() : try await desk.account()
        if plan != "guest" { try await desk.setPlan(plan, of: subject) }
        for number in 1...limit {
            #expect(try await desk.open(subject, "work/\(number)", feature: feature).outcome == .granted)
        }
        let refused = try await desk.open(subject, "work/more", feature: feature)
        #expect(refused.outcome == .refused)
        #expect(
            refused.balance
                == AccountsAPI.Balance(limit: UInt32(limit), remaining: 0, resetsAt: resets, plan: plan))
    }

    @Test func `what a plan does not hold is refused`() async throws {
        let desk = try Desk()
        let reply = try await desk.open(guest(), "case/1", feature: "caseconsultant_case")
        #expect(reply.outcome == .refused && reply.reason == "limit")
        #expect(reply.balance?.limit == 0)
    }

    @Test func `a version that an operator adds is used within a minute, and tops the period up`() async throws {
        let desk = try Desk()
        let account = try await desk.account()
        for number in 1...5 { _ = try await desk.open(account, "hcpcs/A000\(number)") }
        try await desk.store.writer.write { database in
            try database.run("INSERT INTO plan_versions VALUES ('free', '2026-03-10', 'official')")
            try database.run("INSERT INTO allowances VALUES ('free', '2026-03-10', 'code_page', 7, 'month')")
        }
        desk.clock.advance(seconds: 61)
        #expect(try await desk.balance(account).remaining == 2)
        #expect(try await desk.open(account, "hcpcs/A0006").balance?.remaining == 1)
        #expect(try await desk.open(account, "hcpcs/A0007").balance?.remaining == 0)
        #expect(try await desk.open(account, "hcpcs/A0008").outcome == .refused)
        #expect(try desk.ledger(account) == (7, 0))
    }

    @Test func `a network gives so many guest pages a day and no more; accounts behind it are not touched`()
        async throws
    {
        let desk = try Desk("2026-03-10", networkCeiling: 3)
        let network = "203.0.113.0/24"
        for number in 1...3 {
            #expect(try await desk.open(guest("guest-000\(number)"), "cpt/20975", network: network).outcome == .granted)
        }
        let refused = try await desk.open(guest("guest-0004"), "cpt/20975", network: network)
        #expect(refused.outcome == .refused && refused.reason == "network_ceiling")
        #expect(refused.balance?.resetsAt == "2026-03-11T00:00:00Z")
        #expect(refused.balance?.remaining == 1)
        #expect(try await desk.open(guest("guest-0001"), "cpt/20975", network: network).outcome == .repeat)
        #expect(try await desk.open(guest("guest-0004"), "cpt/20975", network: "198.51.100.0/24").outcome == .granted)
        #expect(try await desk.open(guest("guest-0005"), "cpt/20975").outcome == .granted)
        let account = try await desk.account()
        #expect(try await desk.open(account, "cpt/20975", network: network).outcome == .granted)
        desk.clock.advance(days: 1)
        #expect(try await desk.open(guest("guest-0006"), "cpt/20975", network: network).outcome == .granted)
    }

    @Test func `plans can be read, and an unknown one is not found`() async throws {
        let desk = try Desk()
        let plan = try await desk.client.getPlan(AccountsAPI.GetPlanRequest(plan: "guest"))
        #expect(plan.openBlocks == ["official", "common"])
        #expect(plan.effectiveDate == "2025-01-01")
        #expect(
            plan.allowances.contains(
                AccountsAPI.Allowance(feature: "code_page", limit: 1, period: "rolling_30_days")))
        let professional = try await desk.client.getPlan(AccountsAPI.GetPlanRequest(plan: "professional"))
        #expect(professional.openBlocks.count == 8)
        #expect(professional.allowances.first { $0.feature == "code_page" }?.unlimited == true)
        let error = await #expect(throws: ServiceError.self) {
            try await desk.client.getPlan(AccountsAPI.GetPlanRequest(plan: "gold"))
        }
        #expect(error?.kind == .notFound)
    }

    @Test(
        arguments: [
            (AccountsAPI.OpenRequest(), "subject"),
            (AccountsAPI.OpenRequest(subject: .init(kind: "robot", id: "guest-0001")), "subject.kind"),
            (AccountsAPI.OpenRequest(subject: .init(kind: "guest", id: "short")), "subject.id"),
            (AccountsAPI.OpenRequest(subject: .init(kind: "account", id: "guest-0001")), "subject.id"),
            (AccountsAPI.OpenRequest(subject: guest(), feature: "page"), "feature"),
            (AccountsAPI.OpenRequest(subject: guest(), feature: "code_page"), "item"),
            (AccountsAPI.OpenRequest(subject: guest(), feature: "code_page", item: "a b"), "item"),
            (
                AccountsAPI.OpenRequest(
                    subject: guest(), feature: "code_page", item: String(repeating: "x", count: 129)), "item"
            ),
            (
                AccountsAPI.OpenRequest(subject: guest(), feature: "code_page", item: "a", network: "not a network"),
                "network"
            ),
        ])
    func `a request that breaks a rule names its field`(request: AccountsAPI.OpenRequest, field: String) async throws {
        let desk = try Desk()
        let error = await #expect(throws: ServiceError.self) { try await desk.client.open(request) }
        #expect(error?.kind == .invalidArgument)
        #expect(error?.field == field)
    }

    @Test func `an account that does not exist has no meter`() async throws {
        let desk = try Desk()
        let nobody = AccountsAPI.Subject(kind: "account", id: String(repeating: "0", count: 26))
        let open = await #expect(throws: ServiceError.self) { try await desk.open(nobody, "cpt/20975") }
        #expect(open?.kind == .notFound)
        let balance = await #expect(throws: ServiceError.self) { try await desk.balance(nobody) }
        #expect(balance?.kind == .notFound)
    }
}
