import Accounts
import Contracts
import RPC
import Storage
import Testing

@Suite struct MeteringConcurrencyTests {
    @Test(arguments: 1...3)
    func `64 different pages at once for one guest: exactly one is granted`(round: Int) async throws {
        let desk = try Desk()
        let outcomes = try await openAtOnce(64, for: guest("guest-\(round)-0001"), at: desk)
        #expect(outcomes.count { $0 == .granted } == 1)
        #expect(outcomes.count { $0 == .refused } == 63)
        #expect(try desk.ledger(guest("guest-\(round)-0001")) == (1, 0))
    }

    @Test(arguments: 1...3)
    func `64 different pages at once for one account: exactly five are granted`(round: Int) async throws {
        let desk = try Desk()
        let account = try await desk.account("coder\(round)@example.org")
        let outcomes = try await openAtOnce(64, for: account, at: desk)
        #expect(outcomes.count { $0 == .granted } == 5)
        #expect(outcomes.count { $0 == .refused } == 59)
        #expect(try desk.ledger(account) == (5, 0))
    }

    @Test(arguments: 1...8)
    func `64 times the same page at once: one is granted, the others are repeats`(round: Int) async throws {
        let desk = try Desk()
        let outcomes = try await openAtOnce(64, for: guest(), at: desk) { _ in "cpt/20975" }
        #expect(outcomes.count { $0 == .granted } == 1)
        #expect(outcomes.count { $0 == .repeat } == 63)
    }

    @Test func `a network's ceiling holds for 64 guests at once`() async throws {
        let desk = try Desk(networkCeiling: 10)
        let outcomes = try await withThrowingTaskGroup(of: AccountsAPI.OpenReply.Outcome.self) { group in
            for number in 0..<64 {
                group.addTask {
                    try await desk.open(guest("guest-00\(number)"), "cpt/20975", network: "203.0.113.0/24").outcome
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count { $0 == .granted } == 10)
        #expect(outcomes.count { $0 == .refused } == 54)
    }

    @Test func `opening while the guest registers loses no page and counts none twice`() async throws {
        let desk = try Desk()
        async let page = desk.open(guest(), "cpt/20975")
        async let registration = desk.account(guest: "guest-0001")
        let (opened, account) = try await (page, registration)
        #expect(opened.outcome == .granted)
        let again = try await desk.open(account, "cpt/20975")
        // Which came first decides whether the page was there to be taken along.
        #expect(
            again.outcome == .repeat && again.balance?.remaining == 5
                || again.outcome == .granted && again.balance?.remaining == 4)
        #expect(try desk.ledger(guest()) == (1, 0))
    }

    private func openAtOnce(
        _ count: Int, for subject: AccountsAPI.Subject, at desk: Desk,
        item: @escaping @Sendable (Int) -> String = { "icd10cm/A\($0)" }
    ) async throws -> [AccountsAPI.OpenReply.Outcome] {
        try await withThrowingTaskGroup(of: AccountsAPI.OpenReply.Outcome.self) { group in
            for number in 0..<count { group.addTask { try await desk.open(subject, item(number)).outcome } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }
}
