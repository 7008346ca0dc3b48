import Accounts
import Calendar
import Contracts
import RPC
import Storage
import Testing

@Suite struct HoldTests {
    private func reserve(
        _ desk: Desk, _ subject: AccountsAPI.Subject, _ item: String = "case/1", feature: String = "casepilot_question",
        seconds: UInt32 = 0, key: IdempotencyKey? = nil
    ) async throws(ServiceError) -> AccountsAPI.ReserveReply {
        try await desk.client.reserve(
            AccountsAPI.ReserveRequest(subject: subject, feature: feature, item: item, ttlSeconds: seconds),
            options: CallOptions(timeout: .seconds(60), idempotencyKey: key))
    }

    private func hold(_ reply: AccountsAPI.ReserveReply) -> AccountsAPI.HoldRequest {
        AccountsAPI.HoldRequest(hold: reply.hold)
    }

    @Test func `what is held is charged; committing keeps it, as often as one likes`() async throws {
        let desk = try Desk()
        let account = try await desk.account()
        let held = try await reserve(desk, account)
        #expect(held.outcome == .granted && held.balance?.remaining == 4)
        #expect(held.expiresAt == "2026-03-10T00:15:00Z")
        let usage = try await desk.client.getUsage(.init(subject: account, feature: "casepilot_question"))
        #expect(usage.features.first?.used == 1 && usage.features.first?.held == 1)
        for _ in 1...2 { #expect(try await desk.client.commit(hold(held)).remaining == 4) }
        let error = await #expect(throws: ServiceError.self) { try await desk.client.refund(hold(held)) }
        #expect(error?.kind == .failedPrecondition && error?.reason == "hold_committed")
        #expect(try await reserve(desk, account).outcome == .repeat)
        #expect(try await reserve(desk, account).hold.isEmpty)
    }

    @Test func `what is refunded is given back, and the item is charged anew`() async throws {
        let desk = try Desk()
        let account = try await desk.account()
        for round in 1...3 {
            let held = try await reserve(desk, account)
            #expect(held.outcome == .granted && held.balance?.remaining == 4, "round \(round)")
            for _ in 1...2 { #expect(try await desk.client.refund(hold(held)).remaining == 5) }
            let error = await #expect(throws: ServiceError.self) { try await desk.client.commit(hold(held)) }
            #expect(error?.reason == "hold_refunded")
        }
        #expect(try desk.ledger(account, feature: 2) == (6, 5))
    }

    @Test func `what nobody commits is given back when its time is over`() async throws {
        let desk = try Desk()
        let account = try await desk.account()
        let ledger = Ledger(desk.store, plans: Plans(desk.store), networkCeiling: 1)
        let held = try await reserve(desk, account, seconds: 60)
        let other = try await reserve(desk, account, "case/2", seconds: 61)
        desk.clock.advance(seconds: 60)
        let late = await #expect(throws: ServiceError.self) { try await desk.client.commit(hold(held)) }
        #expect(late?.reason == "hold_expired")
        #expect(try await ledger.sweep(at: desk.clock.now, limit: 10) == 1)
        #expect(try await ledger.sweep(at: desk.clock.now, limit: 10) == 0)
        #expect(try await desk.balance(account, feature: "casepilot_question").remaining == 4)
        #expect(try await desk.client.refund(hold(held)).remaining == 4)
        #expect(try await desk.client.commit(hold(other)).remaining == 4)
        let still = await #expect(throws: ServiceError.self) { try await desk.client.commit(hold(held)) }
        #expect(still?.reason == "hold_expired")
    }

    @Test func `two calls for one item share its hold, and a key gives the same hold again`() async throws {
        let desk = try Desk()
        let account = try await desk.account()
        let key = IdempotencyKey.random()
        let first = try await reserve(desk, account, key: key)
        let again = try await reserve(desk, account, key: key)
        #expect(again == first)
        let second = try await reserve(desk, account)
        #expect(second.outcome == .repeat && second.hold == first.hold && second.expiresAt == first.expiresAt)
        let conflict = await #expect(throws: ServiceError.self) { try await reserve(desk, account, "case/2", key: key) }
        #expect(conflict?.kind == .aborted && conflict?.reason == "idempotency_conflict")
        let kinds = await #expect(throws: ServiceError.self) {
            try await desk.open(account, "case/1", feature: "casepilot_question", key: key)
        }
        #expect(kinds?.kind == .aborted)
    }

    @Test func `holds count against the limit while they are open`() async throws {
        let desk = try Desk()
        let account = try await desk.account()
        var holds: [AccountsAPI.ReserveReply] = []
        for number in 1...5 { holds.append(try await reserve(desk, account, "case/\(number)")) }
        let refused = try await reserve(desk, account, "case/6")
        #expect(refused.outcome == .refused && refused.reason == "limit" && refused.hold.isEmpty)
        #expect(refused.balance?.resetsAt == "2026-03-11T00:00:00Z")
        _ = try await desk.client.refund(hold(holds[0]))
        #expect(try await reserve(desk, account, "case/6").outcome == .granted)
    }

    @Test func `of many who close a hold at once one decides, and all agree`() async throws {
        let desk = try Desk()
        let account = try await desk.account()
        for number in 0..<20 {
            let held = hold(try await reserve(desk, account, "case/\(number % 5)"))
            let outcomes = await withTaskGroup(of: Bool?.self) { group in
                for caller in 0..<8 {
                    group.addTask {
                        do throws(ServiceError) {
                            _ =
                                caller % 2 == 0
                                ? try await desk.client.commit(held) : try await desk.client.refund(held)
                            return caller % 2 == 0
                        } catch {
                            return nil
                        }
                    }
                }
                return await group.reduce(into: [Bool?]()) { $0.append($1) }
            }
            #expect(Set(outcomes.compactMap { $0 }).count == 1)
            #expect(outcomes.count { $0 != nil } == 4)
            desk.clock.advance(days: 1)
        }
    }

    @Test(arguments: [("x", UInt32(0), "hold"), ("", 0, "hold"), (String(repeating: "A", count: 32), 0, "hold")])
    func `what is no hold is named`(text: String, _: UInt32, field: String) async throws {
        let desk = try Desk()
        let error = await #expect(throws: ServiceError.self) { try await desk.client.commit(.init(hold: text)) }
        #expect(error?.kind == .invalidArgument && error?.field == field)
        let unknown = await #expect(throws: ServiceError.self) {
            try await desk.client.refund(.init(hold: String(repeating: "0", count: 32)))
        }
        #expect(unknown?.kind == .notFound)
        let long = await #expect(throws: ServiceError.self) { try await reserve(desk, guest(), seconds: 86_401) }
        #expect(long?.field == "ttl_seconds")
    }

    @Test func `a guest's failed question does not come along at registration, a delivered one does`() async throws {
        let desk = try Desk()
        let held = try await reserve(desk, guest())
        _ = try await desk.client.refund(hold(held))
        let delivered = try await reserve(desk, guest(), "case/2")
        _ = try await desk.client.commit(hold(delivered))
        let account = try await desk.account(guest: "guest-0001")
        #expect(try await reserve(desk, account, "case/2").outcome == .repeat)
        #expect(try await reserve(desk, account, "case/1").outcome == .granted)
    }
}
