import Accounts
import Calendar
import Contracts
import RPC
import Storage
import Testing

@Suite struct GrantTests {
    private func ledger(_ desk: Desk) -> Ledger {
        Ledger(desk.store, plans: Plans(desk.store), networkCeiling: 200)
    }

    private func subject(_ account: AccountsAPI.Subject) throws -> Subject {
        try Subject(kind: account.kind, id: account.id)
    }

    private func grant(
        _ subject: Subject, _ amount: Int, priority: Int64 = 100, days: Int64 = 60, desk: Desk
    ) throws -> Grant {
        let now = desk.clock.now
        return try Grant(
            subject: subject, feature: .codePage, amount: amount, priority: priority,
            expiresAt: now.adding(seconds: days * 86_400), reason: "complaint 17", now: now)
    }

    @Test func `a grant is used after the plan's own, across months, until it expires`() async throws {
        let desk = try Desk()
        let account = try await desk.account()
        let subject = try subject(account)
        let balance = try await ledger(desk).give(
            try grant(subject, 4, days: 60, desk: desk), key: nil, by: "operator:test", at: desk.clock.now)
        #expect(balance.remaining == 9 && balance.limit == 9)
        for number in 1...7 { #expect(try await desk.open(account, "icd10cm/A\(number)").outcome == .granted) }
        #expect(try await desk.balance(account).remaining == 2)
        desk.clock.advance(days: 30)
        #expect(try await desk.balance(account).remaining == 7)
        for number in 1...6 { #expect(try await desk.open(account, "icd10cm/B\(number)").outcome == .granted) }
        #expect(try await desk.balance(account).remaining == 1)
        desk.clock.advance(days: 30)
        #expect(try await desk.balance(account).remaining == 5)
    }

    @Test func `a grant of high priority, or one that ends first, is used before the plan's own`() async throws {
        let desk = try Desk()
        let account = try await desk.account()
        let subject = try subject(account)
        let ledger = ledger(desk)
        _ = try await ledger.give(
            try grant(subject, 1, priority: 1, desk: desk), key: nil, by: "operator:test", at: desk.clock.now)
        _ = try await ledger.give(
            try grant(subject, 1, days: 2, desk: desk), key: nil, by: "operator:test", at: desk.clock.now)
        for number in 1...2 { _ = try await desk.open(account, "icd10cm/A\(number)") }
        desk.clock.advance(days: 3)
        #expect(try await desk.balance(account).remaining == 5)
    }

    @Test func `the same key gives once; with another amount it is a conflict`() async throws {
        let desk = try Desk()
        let subject = try subject(try await desk.account())
        let ledger = ledger(desk)
        let key = [UInt8](repeating: 7, count: 16)
        for _ in 1...3 {
            let balance = try await ledger.give(
                try grant(subject, 4, desk: desk), key: key, by: "operator:test", at: desk.clock.now)
            #expect(balance.remaining == 9)
        }
        await #expect(throws: IdempotencyConflict.self) {
            try await ledger.give(
                try grant(subject, 5, desk: desk), key: key, by: "operator:test", at: desk.clock.now)
        }
    }

    @Test func `a correction is an entry with its reason, and takes no more than is left`() async throws {
        let desk = try Desk()
        let account = try await desk.account()
        let subject = try subject(account)
        let ledger = ledger(desk)
        _ = try await desk.open(account, "icd10cm/A1")
        let up = try await ledger.correct(
            subject, .codePage, by: 2, reason: "double charge", actor: "operator:test", at: desk.clock.now)
        #expect(up.remaining == 6)
        let down = try await ledger.correct(
            subject, .codePage, by: -6, reason: "mistake", actor: "operator:test", at: desk.clock.now)
        #expect(down.remaining == 0)
        #expect(try await desk.open(account, "icd10cm/A2").outcome == .refused)
        await #expect(throws: InvalidField.self) {
            try await ledger.correct(
                subject, .codePage, by: -1, reason: "mistake", actor: "operator:test", at: desk.clock.now)
        }
        let audit = try desk.store.read { database in
            try database.all("SELECT act, detail FROM audit WHERE act = 'correction'") { $0.text(1) }
        }
        #expect(audit == ["code_page 2: double charge", "code_page -6: mistake"])
    }

    @Test func `all postings sum to zero, whatever happened`() async throws {
        let desk = try Desk()
        let account = try await desk.account()
        let subject = try subject(account)
        _ = try await desk.open(account, "icd10cm/A1")
        _ = try await ledger(desk).give(
            try grant(subject, 4, desk: desk), key: nil, by: "operator:test", at: desk.clock.now)
        let kept = try await desk.client.reserve(.init(subject: account, feature: "code_page", item: "icd10cm/A2"))
        let back = try await desk.client.reserve(.init(subject: account, feature: "code_page", item: "icd10cm/A3"))
        _ = try await desk.client.reserve(.init(subject: account, feature: "code_page", item: "icd10cm/A4"))
        _ = try await desk.client.commit(.init(hold: kept.hold))
        _ = try await desk.client.refund(.init(hold: back.hold))
        try await desk.setPlan("professional", of: account)
        _ = try await desk.open(account, "icd10cm/A5")
        let sums = try desk.store.read { database in
            try database.all("SELECT account, sum(amount) FROM postings GROUP BY account ORDER BY account") { row in
                "\(row.text(0)) \(row.integer(1))"
            }
        }
        #expect(sums == ["held 1", "issuer -10", "purse 0 2", "purse 1 4", "used 3"])
    }
}
