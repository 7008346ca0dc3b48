import Accounts
import Calendar
import Foundation
import Storage
import Support
import Testing

/// Thousands of acts by chance, each compared with the model; in the end balances are the sums of the ledger's entries.
@Suite struct LedgerModelTests {
    private let network = ["203.0.113.0/24", "198.51.100.0/24", ""]

    @Test(arguments: LedgerModelTests.seeds)
    func `every act answers as the rules say, and the ledger adds up`(seed: UInt64) async throws {
        print("LedgerModelTests seed \(seed)")
        let desk = try Desk("2026-01-20", networkCeiling: 6)
        let ledger = Ledger(desk.store, plans: Plans(desk.store), networkCeiling: 6)
        var chance = SeededGenerator(seed: seed)
        var model = LedgerModel(networkCeiling: 6)
        var guests: [GuestID] = []
        for number in 0..<12 { guests.append(try #require(GuestID("guest-\(seed)-\(number)"))) }
        var accounts: [AccountID] = []
        var keys: [[UInt8]] = [bytes(&chance)]
        for step in 0..<Self.steps {
            if Int.random(in: 0..<4, using: &chance) == 0 {
                desk.clock.advance(seconds: Int64.random(in: 1...40_000, using: &chance))
            }
            if accounts.isEmpty || Int.random(in: 0..<200, using: &chance) == 0 {
                let guest = try #require(guests.randomElement(using: &chance))
                accounts.append(try await register(guest, number: step, desk, &chance))
                model.register(try #require(accounts.last), guest: guest, at: desk.clock.now)
                continue
            }
            if Int.random(in: 0..<5, using: &chance) == 0 { keys.append(bytes(&chance)) }
            let order = try order(guests, accounts, keys.suffix(3), &chance)
            let expected = model.open(order, at: desk.clock.now)
            let found = try await answer(ledger, order, at: desk.clock.now)
            #expect(found.answer == expected, "seed \(seed), step \(step)")
            let meter = LedgerModel.Meter(subject: order.subject, feature: order.feature)
            let balance = try ledger.balance(of: order.subject, feature: order.feature, at: desk.clock.now)
            #expect(balance.remaining == model.remaining(meter, at: desk.clock.now), "seed \(seed), step \(step)")
            guard found.answer == expected else { break }
        }
        try compare(model, with: desk)
    }

    /// Acts of each seed: 5 000, or half a million with `LONG_TESTS`.
    static var steps: Int { ProcessInfo.processInfo.environment["LONG_TESTS"] == nil ? 5_000 : 500_000 }

    /// One that is always the same, and one of today; `MODEL_SEED` runs a seed again.
    static var seeds: [UInt64] {
        if let text = ProcessInfo.processInfo.environment["MODEL_SEED"], let seed = UInt64(text) { return [seed] }
        return [20_975, UInt64.random(in: 1...999_999_999)]
    }

    private func order(
        _ guests: [GuestID], _ accounts: [AccountID], _ keys: ArraySlice<[UInt8]>, _ chance: inout SeededGenerator
    ) throws -> OpenOrder {
        let subject: Subject =
            Bool.random(using: &chance)
            ? .guest(try #require(guests.randomElement(using: &chance)))
            : .account(try #require(accounts.randomElement(using: &chance)))
        return OpenOrder(
            subject: subject, feature: try #require(Feature.allCases.randomElement(using: &chance)),
            item: try MeteredItem("icd10cm/A\(Int.random(in: 0..<9, using: &chance))"),
            network: try NetworkPrefix(try #require(network.randomElement(using: &chance))),
            key: Int.random(in: 0..<3, using: &chance) == 0 ? keys.randomElement(using: &chance) : nil)
    }

    private func answer(
        _ ledger: Ledger, _ order: OpenOrder, at now: UTCInstant
    ) async throws -> (answer: LedgerModel.Answer, balance: Balance?) {
        do {
            let opening = try await ledger.open(order, at: now)
            switch opening.outcome {
            case .granted: return (.granted, opening.balance)
            case .repeat: return (.repeat, opening.balance)
            case .refused(.limit): return (.limit, opening.balance)
            case .refused(.networkCeiling): return (.ceiling, opening.balance)
            }
        } catch is IdempotencyConflict {
            return (.conflict, nil)
        }
    }

    private func register(
        _ guest: GuestID, number: Int, _ desk: Desk, _ chance: inout SeededGenerator
    ) async throws -> AccountID {
        let now = desk.clock.now
        let account = Account(
            id: AccountID(at: now, using: &chance), email: "coder\(number)@example.org", plan: .free, createdAt: now)
        try await AccountStore(desk.store).register(
            .bare(account, chance: bytes(&chance) + bytes(&chance), guest: guest))
        return account.id
    }

    private func bytes(_ chance: inout SeededGenerator) -> [UInt8] {
        (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &chance) }
    }

    /// The ledger holds each grant of the model once, and each period's entries sum up to what its last entry says.
    private func compare(_ model: LedgerModel, with desk: Desk) throws {
        let counts = try desk.store.read { database in
            try database.first("SELECT count(*), -sum(amount) FROM entries WHERE item <> ''") { row in
                [row.integer(0), row.integer(1)]
            }
        }
        let granted = Int64(model.grants.values.reduce(0) { $0 + $1.count })
        #expect(granted > 100)
        #expect(counts == [granted, granted])
        let wrong = try desk.store.read { database in
            try database.all(
                """
                SELECT subject FROM entries GROUP BY subject, feature, period
                HAVING sum(amount) <> min(remaining) OR sum(amount) < 0
                """
            ) { row in row.text(0) }
        }
        #expect(wrong == [])
    }
}
