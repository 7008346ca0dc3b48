import Testing

@testable import Lookup

/// Worked by hand from the files of CMS in the folder of shared data.
@Suite struct `The fee files of 2025` {
    private static let values = ImportRealFiles.shared("fees/PPRRVU25_JAN_level2.csv")
    private static let indices = ImportRealFiles.shared("fees/GPCI2025.csv")
    private static let factors = ImportRealFiles.shared("fees/ANES2025.csv")
    private static let limits = ImportRealFiles.shared("fees/ASP_payment_limits_2026_JAN.csv")

    private func rows<Row: ReferenceRow>(
        _ type: Row.Type, _ path: String?, _ layout: RowLayout, kept: Int
    ) throws -> [Row] {
        let importer = ReferenceTable(try SourceFile(at: try #require(path)), layout: layout)
        return try ReferenceFixture().read(.relativeValues, importer) { (store, id, report) throws in
            #expect(report.rowsKept == kept)
            return try store.rows(type, in: id)
        }
    }

    /// G0011 in Bakersfield, not in a facility: 0.45 × 1.017 = 0.45765; 0.33 × 1.093 = 0.36069; 0.04 × 0.662 = 0.02648;
    /// together 0.84482; × 32.3465 = 27.32697…
    @Test(.enabled(if: values != nil && indices != nil, "needs ../shared/data/fees"))
    func `give 27.33 dollars for G0011 in Bakersfield`() throws {
        let all = try rows(RelativeValue.self, Self.values, .relativeValues, kept: 5_967)
        let value = try #require(all.first { $0.key == "G0011" && $0.variant.isEmpty })
        let costs = try rows(PracticeCost.self, Self.indices, .practiceCosts, kept: 109)
        let cost = try #require(try LocalityChoice(costs: costs, counties: []).find("Bakersfield", state: "CA").first)
        #expect(cost.key == "01112-54")
        let fee = PhysicianFee(
            value: value, cost: cost, setting: .nonFacility, modifiers: [], units: 1, sources: [])
        #expect(fee.price().amount?.description == "27.33")
        #expect(fee.price().steps.map(\.value).contains("0.84482"))
    }

    @Test(.enabled(if: factors != nil && limits != nil, "needs ../shared/data/fees"))
    func `have anesthesia factors and drug limits`() throws {
        let factors = try rows(AnesthesiaFactor.self, Self.factors, .anesthesiaFactors, kept: 109)
        #expect(factors.first { $0.key == "02102-01" }?.factor == ExactNumber("27.86"))
        let limits = try rows(DrugLimit.self, Self.limits, .drugLimits, kept: 843)
        #expect(limits.first { $0.key == "A9573" }?.limit.description == "3.298")
    }
}
