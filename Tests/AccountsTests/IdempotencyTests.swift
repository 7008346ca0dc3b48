import Accounts
import Contracts
import RPC
import Storage
import Testing

@Suite struct IdempotencyTests {
    @Test func `the same call again gives the same answer and counts once`() async throws {
        let desk = try Desk()
        let account = try await desk.account()
        let key = IdempotencyKey.random()
        let first = try await desk.open(account, "cpt/20975", key: key)
        _ = try await desk.open(account, "cpt/99213")
        let again = try await desk.open(account, "cpt/20975", key: key)
        #expect(again == first)
        #expect(again.outcome == .granted && again.balance?.remaining == 4)
        #expect(try desk.ledger(account) == (2, 3))
    }

    @Test func `the same key with another item or feature is a conflict`() async throws {
        let desk = try Desk()
        let account = try await desk.account()
        let key = IdempotencyKey.random()
        _ = try await desk.open(account, "cpt/20975", key: key)
        for (item, feature) in [("cpt/99213", "code_page"), ("cpt/20975", "casepilot_question")] {
            let error = await #expect(throws: ServiceError.self) {
                try await desk.open(account, item, feature: feature, key: key)
            }
            #expect(error?.kind == .aborted)
            #expect(error?.reason == "idempotency_conflict")
        }
        #expect(try desk.ledger(account) == (1, 4))
    }

    @Test func `another subject's key is its own`() async throws {
        let desk = try Desk()
        let key = IdempotencyKey.random()
        #expect(try await desk.open(guest("guest-0001"), "cpt/20975", key: key).outcome == .granted)
        #expect(try await desk.open(guest("guest-0002"), "cpt/99213", key: key).outcome == .granted)
    }

    @Test func `a refused call may be tried again under its key when the meter has reset`() async throws {
        let desk = try Desk()
        _ = try await desk.open(guest(), "cpt/20975")
        let key = IdempotencyKey.random()
        #expect(try await desk.open(guest(), "cpt/99213", key: key).outcome == .refused)
        desk.clock.advance(days: 30)
        #expect(try await desk.open(guest(), "cpt/99213", key: key).outcome == .granted)
    }

    @Test(arguments: 1...8)
    func `64 copies of one call at once count once and agree`(round: Int) async throws {
        let desk = try Desk()
        let account = try await desk.account()
        let key = IdempotencyKey.random()
        let replies = try await withThrowingTaskGroup(of: AccountsAPI.OpenReply.self) { group in
            for _ in 0..<64 { group.addTask { try await desk.open(account, "cpt/20975", key: key) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(replies.map { "\($0)" }).count == 1)
        #expect(try desk.ledger(account) == (1, 4))
    }
}
