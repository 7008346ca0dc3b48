import Support
import Testing

@testable import Lookup

@Suite("Case-to-code")
struct CaseTests {
    private func fixture() throws -> CatalogueFixture {
        try CatalogueFixture { builder in
            try builder.begin(CatalogueFixture.edition(.icd10cm, "FY2026", from: 2025_10_01))
            let codes: [(String, String, String?, Bool)] = [
                ("4", "Endocrine diseases", nil, false), ("E10", "Type 1 diabetes mellitus", "4", false),
                ("E10.9", "Type 1 diabetes mellitus without complications", "E10", true),
                ("E11", "Type 2 diabetes mellitus", "4", false),
                ("E11.9", "Type 2 diabetes mellitus without complications", "E11", true),
                ("10", "Diseases of the respiratory system", nil, false), ("J18", "Pneumonia", "10", false),
                ("J18.9", "Pneumonia, unspecified organism", "J18", true),
                ("13", "Diseases of the musculoskeletal system", nil, false),
                ("M17", "Osteoarthritis of knee", "13", false),
                ("M17.1", "Unilateral primary osteoarthritis of knee", "M17", false),
                ("M17.10", "Unilateral primary osteoarthritis, unspecified knee", "M17.1", true),
                ("M17.11", "Unilateral primary osteoarthritis, right knee", "M17.1", true),
                ("M17.12", "Unilateral primary osteoarthritis, left knee", "M17.1", true),
                ("19", "Injury", nil, false), ("S92", "Fracture of foot", "19", false),
                ("S92.0", "Fracture of calcaneus", "S92", false),
                ("S92.0XXA", "Fracture of calcaneus, initial encounter for closed fracture", "S92.0", true),
                ("S92.0XXD", "Fracture of calcaneus, subsequent encounter", "S92.0", true),
                ("S92.0XXS", "Fracture of calcaneus, sequela", "S92.0", true),
            ]
            for (code, title, parent, billable) in codes {
                try builder.add(CatalogueFixture.code(code, title, under: parent, billable: billable))
            }
            try builder.add(CatalogueFixture.note("E11", .excludes1, "type 1 diabetes mellitus (E10.-)"))
            try builder.add(TermRecord(code: "M17.1", kind: .index, text: "Osteoarthritis, primary, knee"))
            try builder.end(CatalogueFixture.report(codes.count))
        }
    }

    private func run(_ text: String) throws -> CaseResult {
        try fixture().catalogue.codeCase(text, systems: [], on: "", pageSize: 0).0
    }

    @Test("A note's conditions become codes with the words that speak for them")
    func evidence() throws {
        let text = "Étude: Patient with pneumonia. Known type 2 diabetes mellitus."
        let result = try run(text)
        #expect(Set(result.suggestions.map(\.listing.code)) == ["J18.9", "E11.9"])
        let scalars = Array(text.unicodeScalars)
        let words = result.suggestions.flatMap(\.evidence).map { String(String.UnicodeScalarView(scalars[$0])) }
        #expect(
            Set(words) == ["pneumonia", "type 2 diabetes mellitus"]
                || Set(words) == ["pneumonia", "2 diabetes mellitus"])
    }

    @Test(
        "What is denied, excluded or said of a relative is no suggestion, and the reason is given",
        arguments: [
            ("The patient denies pneumonia.", "denies"), ("No evidence of pneumonia.", "denies"),
            ("Pneumonia was ruled out.", "denies"), ("No fever, cough or pneumonia.", "denies"),
            ("Family history: pneumonia", "relative"), ("Her mother had pneumonia.", "relative"),
        ])
    func denied(text: String, reason: String) throws {
        let result = try run(text)
        #expect(result.suggestions.isEmpty)
        #expect(result.rejected.first?.listing.code == "J18.9")
        #expect(result.rejected.first?.why.contains(reason) == true)
    }

    @Test("A denial ends with its clause", arguments: ["No fever. Pneumonia.", "No cough but pneumonia on x-ray."])
    func scope(text: String) throws {
        #expect(try run(text).suggestions.map(\.listing.code) == ["J18.9"])
    }

    @Test("History is marked, also under its heading")
    func history() throws {
        for text in ["Past medical history: pneumonia", "History of pneumonia in 2011."] {
            #expect(try run(text).suggestions.map(\.historical) == [true])
        }
        #expect(try run("History of present illness: pneumonia").suggestions.map(\.historical) == [false])
    }

    @Test("Side and 7th character are taken from the note, or asked for")
    func needs() throws {
        let left = try run("Primary osteoarthritis of the left knee.").suggestions
        #expect(left.map(\.listing.code) == ["M17.12"] && left[0].needs.isEmpty)
        let open = try run("Primary osteoarthritis of the knee.").suggestions
        #expect(open.first?.needs == [.laterality])
        let fracture = try run("Calcaneus fracture.").suggestions
        #expect(fracture.first?.listing.code == "S92.0XXA" && fracture.first?.needs == [.seventhCharacter])
        #expect(try run("Healing calcaneus fracture.").suggestions.first?.listing.code == "S92.0XXD")
    }

    @Test("Suggestions that exclude each other are flagged with the note")
    func conflicts() throws {
        let conflicts = try run("Type 1 diabetes mellitus. Type 2 diabetes mellitus.").conflicts
        #expect(
            conflicts == [
                CaseConflict(
                    code: "E11.9", other: "E10.9", note: "type 1 diabetes mellitus (E10.-)", standsAt: "E11")
            ])
    }

    @Test(
        "Bad input is refused with its field",
        arguments: [
            ("", [], "", "text"), (" \n\t", [], "", "text"), (String(repeating: "x", count: 100_001), [], "", "text"),
            ("pneumonia", ["hcpcs"], "", "systems"), ("pneumonia", ["none"], "", "system"),
            ("pneumonia", [], "yesterday", "date_of_service"),
        ] as [(String, [String], String, String)])
    func refused(text: String, systems: [String], day: String, field: String) throws {
        let catalogue = try fixture().catalogue
        let error = #expect(throws: LookupError.self) {
            try catalogue.codeCase(text, systems: systems, on: day, pageSize: 0)
        }
        guard case .invalid(field, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("A day before the first edition is not found; a longest note of anything is answered")
    func extremes() throws {
        let catalogue = try fixture().catalogue
        #expect(throws: LookupError.self) {
            try catalogue.codeCase("pneumonia", systems: [], on: "1999-01-01", pageSize: 0)
        }
        var random = SeededGenerator(seed: 3)
        let words = [
            "pneumonia", "no", ".", "diabetes", "type", "2", "left", "knee", ":", "\n", "é", "😀", "\u{0}", "E11.9",
        ]
        var text = ""
        while text.utf8.count < 99_900 { text += (words.randomElement(using: &random) ?? "") + " " }
        let result = try catalogue.codeCase(text, systems: ["icd10cm"], on: "", pageSize: 1_000).0
        let count = text.unicodeScalars.count
        #expect(result.suggestions.allSatisfy { $0.evidence.allSatisfy { $0.upperBound <= count } })
    }
}
