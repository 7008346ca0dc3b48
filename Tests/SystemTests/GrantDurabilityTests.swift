import Contracts
import Foundation
import RPC
import Support
import Testing

/// What Accounts has acknowledged survives its sudden death.
@Suite struct GrantDurabilityTests {
    @Test func `kill -9 amid a thousand grants loses none that was acknowledged and doubles none`() async throws {
        try await RunningDesk.with([.accounts]) { desk in
            let channel = desk.client(.accounts)
            let accounts = AccountsAPI.Client(channel)
            let acknowledged = Shared<[Int: AccountsAPI.OpenReply.Outcome]>([:])
            await withTaskGroup(of: Void.self) { group in
                for guest in 0..<1000 {
                    group.addTask {
                        do throws(ServiceError) {
                            let reply = try await Self.open(accounts, guest: guest, item: "icd10cm/A10")
                            acknowledged.withLock { $0[guest] = reply.outcome }
                        } catch {
                            // Not acknowledged: it may or may not have been written.
                        }
                    }
                }
                group.addTask {
                    // Bounded: without it a desk that answers nobody would hold the test up for ever.
                    let end = ContinuousClock.now + .seconds(60)
                    while acknowledged.withLock({ $0.count }) < 200, ContinuousClock.now < end { await Task.yield() }
                    desk[.accounts].signal(SIGKILL)
                }
            }
            let kept = acknowledged.withLock { $0 }
            #expect(kept.count >= 200)
            try await desk[.accounts].ended()
            try desk[.accounts].start()
            try await desk.untilReady(.accounts)
            for guest in 0..<1000 {
                // The same item is free when it was granted, and granted now when it was not: never refused.
                let again = try await Self.open(accounts, guest: guest, item: "icd10cm/A10")
                if kept[guest] == .granted { #expect(again.outcome == .repeat, "guest \(guest) lost a grant") }
                #expect(again.outcome != .refused, "guest \(guest) was charged for nothing")
                let other = try await Self.open(accounts, guest: guest, item: "icd10cm/A11")
                #expect(other.outcome == .refused, "guest \(guest) got a second grant")
                #expect(other.balance?.remaining == 0)
            }
            await channel.close()
        }
    }

    @Test(arguments: [0, 1])
    func `an idempotency key gives the same answer after kill -9`(_ round: Int) async throws {
        try await RunningDesk.with([.accounts]) { desk in
            let channel = desk.client(.accounts)
            let accounts = AccountsAPI.Client(channel)
            let key = IdempotencyKey.random()
            let first = try await Self.open(accounts, guest: round, item: "icd10cm/A10", key: key)
            desk[.accounts].signal(SIGKILL)
            try await desk[.accounts].ended()
            try desk[.accounts].start()
            try await desk.untilReady(.accounts)
            let again = try await Self.open(accounts, guest: round, item: "icd10cm/A10", key: key)
            #expect(again == first)
            let conflict = await #expect(throws: ServiceError.self) {
                try await Self.open(accounts, guest: round, item: "icd10cm/A11", key: key)
            }
            #expect(conflict?.kind == .aborted)
            await channel.close()
        }
    }

    /// Deaths in one test: 5, or 200 with `LONG_TESTS`.
    static var deaths: Int { ProcessInfo.processInfo.environment["LONG_TESTS"] == nil ? 5 : 200 }

    @Test func `after each of many sudden deaths the ledger agrees with what was acknowledged, and proves sound`()
        async throws
    {
        try await RunningDesk.with([.accounts]) { desk in
            let channel = desk.client(.accounts)
            let accounts = AccountsAPI.Client(channel)
            let administration = AdministrationAPI.Client(channel)
            var number = 0
            for death in 0..<Self.deaths {
                let acknowledged = Shared<Set<Int>>([])
                let first = number
                await withTaskGroup(of: Void.self) { group in
                    for guest in first..<first + 300 {
                        group.addTask {
                            do throws(ServiceError) {
                                let reply = try await Self.open(accounts, guest: guest, item: "cpt/20975", wait: false)
                                if reply.outcome == .granted { acknowledged.withLock { _ = $0.insert(guest) } }
                            } catch {
                                // Not acknowledged: it may or may not have been written.
                            }
                        }
                    }
                    group.addTask {
                        let least = Int.random(in: 0..<200)
                        for _ in 0..<2_000 where acknowledged.withLock({ $0.count }) < least { await Task.yield() }
                        desk[.accounts].signal(SIGKILL)
                    }
                }
                number += 300
                try await desk[.accounts].ended()
                try desk[.accounts].start()
                try await desk.untilReady(.accounts)
                for guest in acknowledged.withLock({ $0 }) {
                    let again = try await Self.open(accounts, guest: guest, item: "cpt/20975")
                    #expect(again.outcome == .repeat, "death \(death): guest \(guest) lost a grant")
                }
            }
            let proof = try await administration.reconcile(
                .init(), options: CallOptions(timeout: .seconds(60), principal: Array("operator test".utf8)))
            #expect(proof.drift == 0)
            await channel.close()
        }
    }

    static func open(
        _ accounts: AccountsAPI.Client, guest: Int, item: String, key: IdempotencyKey = .random(), wait: Bool = true
    ) async throws(ServiceError) -> AccountsAPI.OpenReply {
        let digits = String(guest)
        let id = String(repeating: "0", count: 22 - digits.count) + digits
        return try await accounts.open(
            .init(subject: .init(kind: "guest", id: id), feature: "code_page", item: item),
            options: CallOptions(timeout: .seconds(20), idempotencyKey: key, waitForReady: wait))
    }
}
