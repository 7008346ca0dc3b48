import Accounts
import Calendar
import Testing

@Suite struct MeterTests {
    private let five = Allowance(feature: .codePage, limit: 5, period: .month)
    private let month = Period(start: UTCInstant(seconds: 1_000), end: UTCInstant(seconds: 9_000))
    private let now = UTCInstant(seconds: 2_000)

    private func grant(
        _ number: Int64, priority: Int64 = 100, ends: Int64 = 50_000, given: Int64 = 1_500, left: Int = 1
    )
        -> Purse
    {
        Purse(
            bucket: .grant(number), priority: priority, expiresAt: UTCInstant(seconds: ends),
            givenAt: UTCInstant(seconds: given), balance: left)
    }

    private func bucket(_ meter: Meter) -> Bucket? {
        guard case .grant(let bucket, _, _) = meter.charge(under: five, in: month, at: now) else { return nil }
        return bucket
    }

    @Test func `the first charge of a period gives what the plan holds`() {
        #expect(
            Meter.empty.charge(under: five, in: month, at: now) == .grant(bucket: .plan, topUp: 5, remaining: 4))
        #expect(Meter.empty.remaining(under: five) == 5)
    }

    @Test(arguments: [(5, 4, 3), (5, 1, 0)])
    func `a later charge takes one`(allotted: Int, balance: Int, remaining: Int) {
        let meter = Meter(allotted: allotted, balance: balance, used: allotted - balance)
        #expect(
            meter.charge(under: five, in: month, at: now) == .grant(bucket: .plan, topUp: 0, remaining: remaining))
    }

    @Test func `an empty meter refuses`() {
        let meter = Meter(allotted: 5, balance: 0, used: 5)
        #expect(meter.charge(under: five, in: month, at: now) == .refuse)
        #expect(meter.remaining(under: five) == 0 && meter.limit(under: five) == 5)
    }

    @Test func `a larger plan adds the difference, a smaller one takes nothing away`() {
        let twenty = Allowance(feature: .codePage, limit: 20, period: .month)
        let spent = Meter(allotted: 5, balance: 0, used: 5)
        #expect(
            spent.charge(under: twenty, in: month, at: now) == .grant(bucket: .plan, topUp: 15, remaining: 14))
        let rich = Meter(allotted: 20, balance: 12, used: 8)
        #expect(rich.remaining(under: five) == 12 && rich.limit(under: five) == 20)
    }

    @Test func `without limit everything is granted, from no purse`() {
        let endless = Allowance(feature: .codePage, limit: nil, period: .month)
        #expect(
            Meter.empty.charge(under: endless, in: month, at: now)
                == .grant(bucket: .unlimited, topUp: 0, remaining: nil))
    }

    @Test func `grants are burnt by priority, then by expiry, then by age, and what has expired by none`() {
        // The plan's own: priority 100, ends at 9 000, given at 1 000.
        func meter(_ grants: [Purse], plan: Int = 5) -> Meter {
            Meter(allotted: 5, balance: plan, used: 5 - plan, grants: grants)
        }
        #expect(bucket(meter([grant(1)])) == .plan)
        #expect(bucket(meter([grant(1)], plan: 0)) == .grant(1))
        #expect(bucket(meter([grant(1, priority: 99)])) == .grant(1))
        #expect(bucket(meter([grant(1, ends: 8_999)])) == .grant(1))
        #expect(bucket(meter([grant(1, ends: 9_000, given: 999)])) == .grant(1))
        #expect(bucket(meter([grant(1, ends: 9_000, given: 1_001)])) == .plan)
        #expect(bucket(meter([grant(2), grant(1), grant(3, ends: 40_000)], plan: 0)) == .grant(3))
        #expect(bucket(meter([grant(2), grant(1)], plan: 0)) == .grant(1))
        #expect(bucket(meter([grant(1, priority: 0, left: 0)])) == .plan)
        #expect(bucket(meter([grant(1, priority: 0, ends: 2_000)], plan: 0)) == nil)
        #expect(meter([grant(1, left: 3), grant(2, left: 2)]).remaining(under: five) == 10)
    }

    @Test func `a feature that a plan does not name is not given`() {
        let none = Allowance.none(of: .caseConsultantCase)
        #expect(Meter.empty.charge(under: none, in: month, at: now) == .refuse)
    }

    @Test func `a plan's version holds from its day until the next`() throws {
        let versions = try ["2025-01-01", "2026-07-01"].map { text in
            PlanVersion(name: .free, effective: try #require(CalendarDate(text)), allowances: [], openBlocks: [text])
        }
        let catalogue = PlanCatalogue(versions.reversed())
        func blocks(on date: String) throws -> [String]? {
            catalogue.version(of: .free, on: try #require(CalendarDate(date)))?.openBlocks
        }
        #expect(try blocks(on: "2024-12-31") == nil)
        #expect(try blocks(on: "2026-06-30") == ["2025-01-01"])
        #expect(try blocks(on: "2026-07-01") == ["2026-07-01"])
        #expect(catalogue.version(of: .guest, on: try #require(CalendarDate("2026-07-01"))) == nil)
    }
}
