import Accounts
import Testing

@Suite struct MeterTests {
    private let five = Allowance(feature: .codePage, limit: 5, period: .month)

    @Test func `the first charge of a period gives what the plan holds`() {
        #expect(Meter.empty.charge(under: five) == .grant(topUp: 5, remaining: 4))
        #expect(Meter.empty.remaining(under: five) == 5)
    }

    @Test(arguments: [(5, 4, 3), (5, 1, 0)])
    func `a later charge takes one`(allotted: Int, balance: Int, remaining: Int) {
        let meter = Meter(allotted: allotted, balance: balance)
        #expect(meter.charge(under: five) == .grant(topUp: 0, remaining: remaining))
    }

    @Test func `an empty meter refuses`() {
        let meter = Meter(allotted: 5, balance: 0)
        #expect(meter.charge(under: five) == .refuse)
        #expect(meter.remaining(under: five) == 0)
    }

    @Test func `a larger plan adds the difference, a smaller one takes nothing away`() {
        let twenty = Allowance(feature: .codePage, limit: 20, period: .month)
        #expect(Meter(allotted: 5, balance: 0).charge(under: twenty) == .grant(topUp: 15, remaining: 14))
        #expect(Meter(allotted: 20, balance: 12).remaining(under: five) == 12)
        #expect(Meter(allotted: 20, balance: 12).limit(under: five) == 20)
    }

    @Test func `without limit everything is granted, and what was used counts when a limit comes`() {
        let endless = Allowance(feature: .codePage, limit: nil, period: .month)
        #expect(Meter.empty.charge(under: endless) == .grant(topUp: 0, remaining: nil))
        #expect(Meter(allotted: 0, balance: -57).charge(under: five) == .refuse)
        #expect(Meter(allotted: 0, balance: -57).remaining(under: five) == 0)
    }

    @Test func `a feature that a plan does not name is not given`() {
        #expect(Meter.empty.charge(under: .none(of: .caseConsultantCase)) == .refuse)
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
