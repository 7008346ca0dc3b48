import Accounts
import Contracts
import Mail
import RPC
import Storage
import Testing

@Suite struct AdministrationTests {
    private let machine = CallOptions(timeout: .seconds(60), principal: Array("operator test".utf8))

    private func administrator(_ desk: Desk) async throws -> CallOptions {
        _ = try await desk.admin.makeAccount(
            .init(email: "admin@example.org", password: Desk.password, roles: ["administrator"]), options: machine)
        return try await desk.acting(try await desk.logIn("admin@example.org").token)
    }

    @Test func `the machine makes the first administrator, who administers; members may not`() async throws {
        let desk = try Desk()
        let member = try await desk.verified()
        let admin = try await administrator(desk)
        let found = try await desk.admin.findAccounts(.init(text: "coder@"), options: admin).accounts
        #expect(found.map { $0.account?.id } == [member.account?.id])
        let key = try await desk.me.createKey(.init(name: "k", scopes: ["write"]), options: admin)
        for options in [try await desk.acting(member.token), try await desk.acting(key.secret)] {
            let error = await #expect(throws: ServiceError.self) {
                try await desk.admin.findAccounts(.init(text: "coder@"), options: options)
            }
            #expect(error?.kind == .permissionDenied)
        }
        let nobody = await #expect(throws: ServiceError.self) { try await desk.admin.findAccounts(.init(text: "co")) }
        #expect(nobody?.kind == .unauthenticated)
        let second = await #expect(throws: ServiceError.self) {
            try await desk.admin.makeAccount(
                .init(email: "b@example.org", password: Desk.password, roles: ["administrator"]), options: admin)
        }
        #expect(second?.kind == .permissionDenied)
    }

    @Test func `a suspended account gets in nowhere until it is restored`() async throws {
        let desk = try Desk()
        let session = try await desk.verified()
        let key = try await desk.me.createKey(.init(name: "k", scopes: ["read"]), options: desk.acting(session.token))
        let id = session.account?.id ?? ""
        _ = try await desk.admin.setSuspended(
            .init(accountId: id, suspended: true, reason: "abuse"), options: machine)
        let calls: [@Sendable () async throws -> Void] = [
            { _ = try await desk.authenticate(session.token) }, { _ = try await desk.authenticate(key.secret) },
            { _ = try await desk.logIn() }, { _ = try await desk.open(.init(kind: "account", id: id), "cpt/20975") },
        ]
        var kinds: [ServiceError.Kind?] = []
        for call in calls { kinds.append(await #expect(throws: ServiceError.self) { try await call() }?.kind) }
        #expect(kinds == [.unauthenticated, .permissionDenied, .permissionDenied, .permissionDenied])
        _ = try await desk.admin.setSuspended(
            .init(accountId: id, suspended: false, reason: "sorted out"), options: machine)
        _ = try await desk.logIn()
        let audit = try await desk.admin.readAudit(.init(accountId: id), options: machine).lines
        #expect(audit.map(\.act) == ["registered", "email_verified", "key_created", "suspended", "restored"])
        #expect(audit[3].actor == "operator:test" && audit[3].detail == "abuse")
    }

    @Test func `a plan ends to the second, and what follows is the plan that was named`() async throws {
        let desk = try Desk()
        let account = try await desk.account()
        _ = try await desk.admin.setPlan(
            .init(accountId: account.id, plan: "professional", endsOn: "2026-03-12", reason: "trial"),
            options: machine)
        #expect(try await desk.balance(account).unlimited)
        desk.clock.advance(days: 1, hours: 23, seconds: 3_599)
        #expect(try await desk.balance(account).unlimited)
        desk.clock.advance(seconds: 1)
        #expect(try await desk.balance(account).plan == "free")
        let past = await #expect(throws: ServiceError.self) {
            try await desk.admin.setPlan(
                .init(accountId: account.id, plan: "professional", endsOn: "2026-03-12", reason: "x"), options: machine)
        }
        #expect(past?.field == "ends_on")
    }

    @Test func `grants and corrections are entries, and the ledger proves sound`() async throws {
        let desk = try Desk()
        let account = try await desk.account()
        var options = machine
        options.idempotencyKey = .random()
        for _ in 1...2 {
            let balance = try await desk.admin.giveGrant(
                .init(accountId: account.id, feature: "code_page", amount: 3, endsOn: "2026-05-01", reason: "thanks"),
                options: options)
            #expect(balance.remaining == 8)
        }
        #expect(
            try await desk.admin.correct(
                .init(accountId: account.id, feature: "code_page", amount: -1, reason: "slip"), options: machine
            ).remaining == 7)
        for number in 1...7 { #expect(try await desk.open(account, "icd10cm/A\(number)").outcome == .granted) }
        #expect(try await desk.open(account, "icd10cm/A8").outcome == .refused)
        let proof = try await desk.admin.reconcile(.init(), options: machine)
        #expect(proof.drift == 0 && proof.entries == 10)
    }

    @Test(
        arguments: [
            "INSERT INTO entries VALUES ('a:x', 1, 5, 'cpt/1', 0, -1, 0, 9, 6, NULL, 0, 0)",
            "INSERT INTO entries VALUES ('a:x', 1, 5, 'cpt/1', 0, -1, 0, 9, 6, NULL, 1, -1)",
            "INSERT INTO entries VALUES ('a:x', 1, 5, 'cpt/1', 0, -2, 0, 9, 6, NULL, 0, -1)",
            "INSERT INTO entries VALUES ('a:x', 1, 5, 'cpt/1', 0, 0, 0, 9, 6, NULL, 2, -1)",
            "INSERT INTO grants VALUES (7, 'a:x', 1, 5, 100, 9, 6, 'r', 'b')",
        ])
    func `drift is found, whatever it is`(sql: String) async throws {
        let desk = try Desk()
        try await desk.store.writer.write { try $0.run(sql) }
        #expect(try await desk.admin.reconcile(.init(), options: machine).drift > 0)
    }

    @Test func `a new version of a plan holds from its day on`() async throws {
        let desk = try Desk()
        let account = try await desk.account()
        let plan = AccountsAPI.Plan(
            plan: "free", effectiveDate: "2026-04-01",
            allowances: [.init(feature: "code_page", limit: 9, period: "month")], openBlocks: ["official"])
        _ = try await desk.admin.addPlanVersion(.init(plan: plan), options: machine)
        let twice = await #expect(throws: ServiceError.self) {
            try await desk.admin.addPlanVersion(.init(plan: plan), options: machine)
        }
        #expect(twice?.kind == .alreadyExists)
        #expect(try await desk.balance(account).remaining == 5)
        desk.clock.advance(days: 22)
        #expect(try await desk.balance(account).remaining == 9)
    }
}
