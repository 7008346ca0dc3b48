import Contracts
import Foundation
import Logging
import RPC

@testable import Lookup

/// A snapshot with made-up edits beside the code sets of `CatalogueFixture`, and a client of the real handler.
struct ClaimFixture {
    let fixture: CatalogueFixture
    let client: LookupAPI.Client

    /// - Parameter more: adds to the snapshot.
    init(_ more: (inout SnapshotBuilder) throws -> Void = { _ in }) throws {
        fixture = try CatalogueFixture { builder in
            try CatalogueFixture.everything(&builder)
            try Self.diagnoses(&builder)
            try Self.edits(&builder)
            try more(&builder)
        }
        fixture.catalogue = Catalogue(
            fixture.reader, axisNames: CatalogueFixture.axisNames, modifierPolicy: try ModifierPolicy.bundled(),
            contractorStates: try ContractorStates.bundled(),
            today: fixture.catalogue.today)
        let handler = LookupHandler(
            fixture.catalogue, desk: EditorDesk(nil, now: { 0 }), missing: { _ in [] },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        client = LookupAPI.Client(InProcessChannel(routes: LookupAPI.routes(handler)))
    }

    static let date = "2026-02-03"

    /// Checks a claim of the fixture's date.
    func check(
        _ lines: [ReferenceAPI.ClaimLine], diagnoses: [String] = [], setting: String = "practitioner", age: UInt32 = 0,
        underOne: Bool = false, sex: String = "", date: String = ClaimFixture.date
    ) async throws -> ReferenceAPI.CheckClaimReply {
        try await client.checkClaim(
            .init(
                lines: lines, diagnoses: diagnoses, dateOfService: date, setting: setting, age: age,
                underOne: underOne, sex: sex))
    }

    /// A newer edition of ICD-10-CM with sides, sexes and exclusions.
    private static func diagnoses(_ builder: inout SnapshotBuilder) throws {
        try builder.begin(CatalogueFixture.edition(.icd10cm, "FY2026 update", from: 2026_01_01, to: 2026_09_30))
        func add(_ code: String, _ title: String, under: String? = nil, billable: Bool = true) throws {
            try builder.add(CatalogueFixture.code(code, title, under: under, billable: billable))
        }
        try add("4", "Endocrine diseases", billable: false)
        try builder.add(CatalogueFixture.note("4", .excludes1, "disorders of newborn (P70-P74)"))
        try add("E10", "Type 1 diabetes mellitus", under: "4", billable: false)
        try add("E10.9", "Type 1 diabetes mellitus without complications", under: "E10")
        try add("E11", "Type 2 diabetes mellitus", under: "4", billable: false)
        try builder.add(CatalogueFixture.note("E11", .excludes1, "type 1 diabetes mellitus (E10.-)"))
        try add("E11.9", "Type 2 diabetes mellitus without complications", under: "E11")
        try add("13", "Musculoskeletal diseases", billable: false)
        try add("M25", "Other joint disorder", under: "13", billable: false)
        try add("M25.561", "Pain in right knee", under: "M25")
        try add("M25.562", "Pain in left knee", under: "M25")
        try add("M25.569", "Pain in unspecified knee", under: "M25")
        try add("14", "Genitourinary diseases", billable: false)
        try add("N40-N53", "Diseases of male genital organs", under: "14", billable: false)
        try add("N40", "Benign prostatic hyperplasia", under: "N40-N53", billable: false)
        try add("N40.0", "Benign prostatic hyperplasia without symptoms", under: "N40")
        try add("P70", "Transitory disorders of newborn", billable: false)
        try add("P70.2", "Neonatal diabetes mellitus", under: "P70")
        try builder.end(CatalogueFixture.report(18))
    }

    private static func edits(_ builder: inout SnapshotBuilder) throws {
        func code(_ text: String) -> ProcedureCode { ProcedureCode(text)! }
        let year = DaySpan(ReferenceFixture.day("2026-01-01"), nil)
        func window(
            _ from: String, _ to: String? = nil, _ indicator: PairEdit.Indicator
        ) -> PairEdit.Window {
            PairEdit.Window(
                effective: ReferenceFixture.day(from), deleted: to.map(ReferenceFixture.day), indicator: indicator,
                rationale: "Made-up reason")
        }
        func record(_ kind: ReferenceKind) -> ReferenceRecord {
            ReferenceFixture.record(kind, from: "2026-01-01", to: "2026-03-31", edition: "2026 Q1")
        }
        try builder.addReference(record(.pairsPractitioner)) { writer in
            let allowed = try writer.number(window("2026-01-01", nil, .allowed))
            let never = try writer.number(window("2026-01-01", nil, .notAllowed))
            let over = try writer.number(window("2025-01-01", "2026-02-02", .notAllowed))
            let dead = try writer.number(window("2026-01-01", "2026-01-01", .notApplicable))
            try writer.add(code("0001X"), code("0002X"), allowed)
            try writer.add(code("0001X"), code("0003X"), never)
            try writer.add(code("0001X"), code("0004X"), over)
            try writer.add(code("0001X"), code("0005X"), dead)
            return CatalogueFixture.report(4)
        }
        try builder.addReference(record(.unitsPractitioner)) { writer in
            try writer.add(UnitLimit(code: code("0001X"), units: 2, measure: .line, rationale: "Nature"))
            try writer.add(UnitLimit(code: code("0002X"), units: 2, measure: .dayByPolicy, rationale: "Anatomy"))
            try writer.add(
                UnitLimit(code: code("0003X"), units: 2, measure: .dayByClinicalBenchmark, rationale: "Data"))
            return CatalogueFixture.report(3)
        }
        try builder.addReference(record(.addOns)) { writer in
            try writer.add(AddOnEdit(code: code("0010X"), primary: code("0001X"), kind: .listed, span: year))
            try writer.add(AddOnEdit(code: code("0011X"), primary: nil, kind: .contractorDefined, span: year))
            try writer.add(AddOnEdit(code: code("0012X"), primary: code("0002X"), kind: .partlyListed, span: year))
            return CatalogueFixture.report(3)
        }
        try builder.addReference(record(.outpatientEdits)) { writer in
            for number in 1...12 {
                try writer.add(
                    EditorSpan(
                        span: year, ages: number == 2 ? 18...124 : 0...124,
                        flags: number == 1 ? .bilateralConditional : number == 3 ? .bilateralInherent : []),
                    of: String(format: "%04dX", number), as: .procedure)
            }
            let gone = DaySpan(ReferenceFixture.day("2026-01-01"), ReferenceFixture.day("2026-01-31"))
            try writer.add(EditorSpan(span: gone, ages: 0...124, flags: []), of: "0099X", as: .procedure)
            for modifier in ["LT", "RT", "50", "59", "XS", "26", "TC", "CT", "FX", "22", "25", "E1"] {
                try writer.add(EditorSpan(span: year, ages: 0...124, flags: []), of: modifier, as: .modifier)
            }
            try writer.add(EditorSpan(span: gone, ages: 0...124, flags: []), of: "Z9", as: .modifier)
            try writer.addConflict("CT", "FX", year)
            try writer.addConflict("FX", "CT", year)
            for (code, ages, flags) in [
                ("E119", 0...124, []), ("E109", 0...17, []), ("M25569", 0...124, []), ("N400", 15...124, []),
                ("P702", 0...0, [.unacceptablePrincipal]), ("M25561", 0...124, [.manifestation]),
                ("W1811XA", 0...124, [.externalCause]),
            ] as [(String, ClosedRange<Int>, EditorSpan.Flags)] {
                try writer.add(EditorSpan(span: year, ages: ages, flags: flags), of: code, as: .diagnosis)
            }
            return CatalogueFixture.report(34)
        }
    }
}

extension ReferenceAPI.CheckClaimReply {
    /// The findings of a rule.
    func of(_ rule: ClaimRule) -> [ReferenceAPI.ClaimFinding] { findings.filter { $0.rule == rule.rawValue } }

    /// The verdicts of a rule.
    func verdicts(_ rule: ClaimRule) -> [String] { of(rule).map(\.verdict) }
}
