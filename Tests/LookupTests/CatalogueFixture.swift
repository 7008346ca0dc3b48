import Glibc
import Logging
import Storage

@testable import Lookup

/// A small snapshot in a temporary folder, built by the real builder and read by the real reader. Texts are made up where
/// the originals are licensed.
final class CatalogueFixture {
    let folder: String
    let store: SnapshotStore
    let reader: SnapshotReader<SnapshotContents>
    var catalogue: Catalogue

    /// - Parameter today: YYYYMMDD; within the newest editions of the fixture.
    init(
        today: Int = 2026_02_03, _ body: (inout SnapshotBuilder) throws -> Void = CatalogueFixture.everything
    ) throws {
        var template = Array("/tmp/lookup-tests-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { fatalError("no temporary folder: errno \(errno)") }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        store = SnapshotStore(dataFolder: folder)
        reader = store.reader(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let day = Day(number: today)!
        catalogue = Catalogue(reader, axisNames: Self.axisNames, today: { day })
        _ = try store.importSnapshot(importedAt: 1_770_000_000, body)
        reader.refresh()
    }

    deinit {
        let snapshots = (1...9).map { "snapshot-00000\($0).sqlite" }
        for name in ["CURRENT", "LOCK"] + snapshots { unlink(folder + "/lookup/" + name) }
        rmdir(folder + "/lookup")
        rmdir(folder)
    }

    static let axisNames = ProcedureAxisNames(bySection: [
        "0": ["Body System", "Operation", "Body Part", "Approach", "Device", "Qualifier"],
        "B": ["Body System", "Root Type", "Body Part", "Contrast", "Qualifier", "Qualifier"],
    ])

    static func edition(
        _ system: CodeSystem, _ name: String, from: Int, to: Int? = nil, source: String? = nil,
        coverage: EditionCoverage = .full, carriesLongTitles: Bool = false
    ) -> EditionRecord {
        EditionRecord(
            system: system, sourceName: source ?? "\(system.name) list", file: "\(system.rawValue)-\(from).txt",
            edition: name, effective: Day(number: from)!, end: to.map { Day(number: $0)! },
            sha256: String(repeating: "ab", count: 32), rights: "Public domain.",
            coverage: coverage, carriesLongTitles: carriesLongTitles)
    }

    static func code(
        _ code: String, _ title: String, under parent: String? = nil, billable: Bool = true, short: String = "",
        added: Int? = nil, retired: Int? = nil
    ) -> CodeRecord {
        CodeRecord(
            code: code, parent: parent, title: title, shortTitle: short, billable: billable,
            added: added.flatMap(Day.init(number:)), retired: retired.flatMap(Day.init(number:)))
    }

    static func note(_ code: String, _ kind: NoteRecord.Kind, _ text: String, label: String = "") -> NoteRecord {
        NoteRecord(code: code, kind: kind, label: label, text: text)
    }

    static func report(_ kept: Int) -> ImportReport {
        var report = ImportReport()
        report.rowsRead = kept + 1
        report.rowsKept = kept
        report.rowsRefused = 1
        report.refusals = [.init(line: 3, reason: "no code")]
        return report
    }

    /// Two editions of ICD-10-CM, two of HCPCS with a companion file, modifiers, PCS and a made-up CPT sample.
    static func everything(_ builder: inout SnapshotBuilder) throws {
        try diagnoses(&builder)
        try supplies(&builder)
        try procedures(&builder)
        try builder.begin(edition(.cpt, "2026", from: 2026_01_01, source: "CPT sample"))
        try builder.add(code("20975", "Made-up title of a bone stimulator"))
        try builder.add(
            TextRecord(code: "20975", block: "official", text: "Made-up official text", rights: "© Owner of the text"))
        try builder.add(
            TextRecord(code: "20975", block: "common", text: "Made-up common text", rights: "© Operator"))
        try builder.end(report(1))
    }

    private static func diagnoses(_ builder: inout SnapshotBuilder) throws {
        for (name, from, to) in [("FY2025", 2024_10_01, 2025_09_30), ("FY2026", 2025_10_01, 2026_09_30)] {
            try builder.begin(edition(.icd10cm, name, from: from, to: to))
            try builder.add(code("4", "Endocrine, nutritional and metabolic diseases", billable: false))
            try builder.add(note("4", .excludes1, "transitory disorders specific to newborn"))
            try builder.add(code("E08-E13", "Diabetes mellitus", under: "4", billable: false))
            try builder.add(code("E10", "Type 1 diabetes mellitus", under: "E08-E13", billable: false))
            try builder.add(code("E10.9", "Type 1 diabetes mellitus without complications", under: "E10"))
            try builder.add(code("E11", "Type 2 diabetes mellitus", under: "E08-E13", billable: false))
            try builder.add(note("E11", .includes, "insulin resistant diabetes (mellitus)"))
            try builder.add(note("E11", .excludes1, "gestational diabetes (O24.4-)"))
            try builder.add(note("E11", .useAdditionalCode, "to identify control using insulin (Z79.4)"))
            if name == "FY2025" { try builder.add(code("E11.0", "Old code that went away", under: "E11")) }
            try builder.add(code("E11.6", "Type 2 diabetes with other complications", under: "E11", billable: false))
            try builder.add(code("E11.65", "Type 2 diabetes mellitus with hyperglycemia", under: "E11.6"))
            let title =
                name == "FY2025" ? "Type 2 diabetes, uncomplicated" : "Type 2 diabetes mellitus without complications"
            try builder.add(code("E11.9", title, under: "E11"))
            try builder.add(note("E11.9", .inclusionTerm, "Sugar sickness of adults"))
            if name == "FY2026" {
                try builder.add(code("E13.9", "Ménière’s made-up code", under: "E08-E13", added: 2026_04_01))
            }
            try builder.add(code("19", "Injury, poisoning and other consequences", billable: false))
            try builder.add(code("S50-S59", "Injuries to the elbow and forearm", under: "19", billable: false))
            try builder.add(code("S52", "Fracture of forearm", under: "S50-S59", billable: false))
            try builder.add(note("S52", .seventhCharacterNote, "One 7th character is to be added"))
            try builder.add(
                note("S52", .seventhCharacter, "initial encounter for closed fracture", label: "A"))
            try builder.add(
                note("S52", .seventhCharacter, "subsequent encounter with routine healing", label: "D"))
            try builder.add(code("S52.1", "Fracture of upper end of radius", under: "S52", billable: false))
            try builder.add(
                code("S52.1XXA", "Fracture of upper end of radius, initial encounter", under: "S52.1"))
            try builder.add(
                code("S52.1XXD", "Fracture of upper end of radius, subsequent encounter", under: "S52.1"))
            try builder.end(report(18))
        }
    }

    private static func supplies(_ builder: inout SnapshotBuilder) throws {
        try builder.begin(edition(.hcpcs, "October 2025", from: 2025_10_01, source: "HCPCS long file"))
        for number in 4206...4215 {
            try builder.add(
                code("A\(number)", "Syringe with needle, sterile, size \(number), each", short: "Syringe \(number)"))
        }
        try builder.add(FactRecord(code: "A4206", name: "Coverage", value: "C", meaning: "Carrier judgment"))
        try builder.add(code("A4300", "Implantable access catheter", short: "Cath", retired: 2026_01_01))
        try builder.end(report(11))
        try builder.begin(
            edition(
                .hcpcs, "2026 Q1", from: 2026_01_01, to: 2026_03_31, source: "HCPCS quarterly",
                carriesLongTitles: true))
        for number in 4206...4215 {
            try builder.add(code("A\(number)", "Syringe \(number)", short: "Syringe \(number)"))
        }
        try builder.end(report(10))
        try builder.begin(edition(.hcpcs, "indicators", from: 2026_01_01, source: "Indicator file"))
        try builder.add(FactRecord(code: "A4206", name: "Status", value: "N", meaning: "Packaged"))
        try builder.end(report(1))
        try builder.begin(edition(.hcpcsModifier, "2026 Q1", from: 2026_01_01))
        try builder.add(code("LT", "Left side of the body"))
        try builder.add(code("RT", "Right side of the body"))
        try builder.end(report(2))
    }

    private static func procedures(_ builder: inout SnapshotBuilder) throws {
        try builder.begin(edition(.icd10pcs, "FY2026", from: 2025_10_01, to: 2026_09_30))
        try builder.add(code("0", "Medical and Surgical", billable: false))
        try builder.add(code("0D", "Gastrointestinal System", under: "0", billable: false))
        try builder.add(code("0DT", "Resection", under: "0D", billable: false))
        try builder.add(code("0DTJ4ZZ", "Resection of Appendix, Percutaneous Endoscopic Approach", under: "0DT"))
        let axes = [
            ("Body Part", "Appendix"), ("Approach", "Percutaneous Endoscopic"), ("Device", "No Device"),
            ("Qualifier", "No Qualifier"),
        ]
        for (axis, meaning) in axes { try builder.add(note("0DTJ4ZZ", .axis, meaning, label: axis)) }
        try builder.add(
            note(
                "0DT", .definition, "Cutting out or off, without replacement, all of a body part",
                label: "Definition"))
        try builder.add(code("0DTJ8ZZ", "Resection of Appendix, Via Opening", under: "0DT"))
        try builder.add(note("0DTJ8ZZ", .axis, "Via Natural or Artificial Opening", label: "Approach"))
        try builder.end(report(5))
    }
}
