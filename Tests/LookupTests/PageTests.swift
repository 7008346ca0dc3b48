import Testing

@testable import Lookup

@Suite("Code pages")
struct PageTests {
    private static let all = BlockKind.allCases.map(\.rawValue)

    private func page(
        _ code: String, _ system: String = "icd10cm", on day: String = "", open: [String] = PageTests.all,
        today: Int = 2026_02_03
    ) throws -> CodePage {
        let fixture = try CatalogueFixture(today: today)
        return try fixture.catalogue.page(of: code, in: system, on: day, open: open).0
    }

    private func texts(_ page: CodePage, _ kind: BlockKind) -> [String] {
        page.blocks.first { $0.kind == kind }?.paragraphs.map {
            ($0.label.isEmpty ? "" : $0.label + ": ") + $0.text
                + ($0.inheritedFrom.isEmpty ? "" : " [\($0.inheritedFrom)]")
        } ?? []
    }

    @Test("Parents, neighbours and children are those of the edition")
    func surroundings() throws {
        let page = try page("e119")
        #expect(page.listing.code == "E11.9")
        #expect(page.status == .active)
        #expect(page.parents.map(\.code) == ["4", "E08-E13", "E11"])
        #expect(page.neighbours.map(\.code) == ["E10.9", "E11.65", "E13.9", "S52.1XXA"])
        #expect(page.children.isEmpty)
        let heading = try self.page("E11")
        #expect(heading.children.map(\.code) == ["E11.6", "E11.9"])
        #expect(heading.neighbours.map(\.code) == ["E10", "E13.9"])
        let first = try self.page("4")
        #expect(first.parents.isEmpty)
        #expect(first.neighbours.map(\.code) == ["19"])
    }

    @Test("Notes are inherited up to the chapter, each with its level")
    func guidelines() throws {
        #expect(
            texts(try page("E11.9"), .guidelines) == [
                "Includes: insulin resistant diabetes (mellitus) [E11]",
                "Excludes1: gestational diabetes (O24.4-) [E11]",
                "Excludes1: transitory disorders specific to newborn [4]",
                "Use additional code: to identify control using insulin (Z79.4) [E11]",
            ])
    }

    @Test("A 7th character is explained from the heading that defines it")
    func seventhCharacter() throws {
        let page = try page("S521XXA")
        let common = texts(page, .common)
        #expect(common.contains("Its 7th character, A, means: initial encounter for closed fracture."))
        #expect(common.contains { $0.contains("category S52, Fracture of forearm") && $0.contains("chapter 19") })
        #expect(
            texts(page, .guidelines).contains("7th character D: subsequent encounter with routine healing [S52]"))
    }

    @Test("Procedure codes are read axis by axis, with definitions")
    func procedureAxes() throws {
        let page = try page("0DTJ4ZZ", "icd10pcs")
        let procedure = texts(page, .procedure)
        #expect(procedure.count == 7)
        #expect(procedure[3] == "Character 4, Body Part: J, Appendix")
        #expect(procedure[0] == "Character 1, Section: 0, Medical and Surgical")
        #expect(
            procedure[2]
                == "Character 3, Operation: T, Resection. Cutting out or off, without replacement, all of a body part")
        let common = texts(page, .common)
        #expect(common.contains("Resection means cutting out or off, without replacement, all of a body part."))
        #expect(common.contains("Approach: Percutaneous Endoscopic."))
    }

    @Test("A character whose meaning no file gives is left out, and the others keep their places")
    func incompleteAxes() throws {
        #expect(
            texts(try page("0DTJ8ZZ", "icd10pcs"), .procedure) == [
                "Character 1, Section: 0, Medical and Surgical", "Character 2, Body System: D, Gastrointestinal System",
                "Character 3, Operation: T, Resection. Cutting out or off, without replacement, all of a body part",
                "Character 5, Approach: 8, Via Natural or Artificial Opening",
                "No loaded file names the values of characters 4, 6, 7 one by one; the title says them together.",
            ])
    }

    @Test("Axes of one name are told apart by order, and left out when one is missing")
    func repeatedAxes() {
        let names = CatalogueFixture.axisNames
        let notes = ["First", "Second"].map { CatalogueFixture.note("B2000ZZ", .axis, $0, label: "Qualifier") }
        let both = ProcedureAxes.axes(of: "B2000ZZ", path: [], notes: notes, names: names)
        #expect(both.map { "\($0.place) \($0.meaning)" } == ["6 First", "7 Second"])
        #expect(ProcedureAxes.axes(of: "B2000ZZ", path: [], notes: [notes[0]], names: names) == [])
        #expect(ProcedureAxes.axes(of: "Q2000ZZ", path: [], notes: notes, names: names) == [])
    }

    @Test("Inclusion terms are the clinical context")
    func clinical() throws {
        #expect(
            texts(try page("E11.9"), .clinical) == ["Inclusion term: Sugar sickness of adults"])
    }

    @Test("Facts come from each source that speaks of the code, and name it")
    func facts() throws {
        let page = try page("A4206", "hcpcs")
        let facts = texts(page, .facts)
        #expect(facts.contains("Coverage: C: Carrier judgment"))
        #expect(facts.contains("Status: N: Packaged"))
        let coverage = page.blocks[5].paragraphs.first { $0.label == "Coverage" }
        #expect(coverage?.source?.edition.sourceName == "HCPCS long file")
        #expect(page.source.edition.sourceName == "HCPCS quarterly")
        let official = page.blocks[0].paragraphs
        #expect(official.map(\.text) == ["Syringe with needle, sterile, size 4206, each", "Syringe 4206"])
        #expect(official[0].source?.edition.edition == "October 2025")
        #expect(official[1].source == nil)
    }

    @Test("Written texts take the place of the descriptions, with their own rights")
    func writtenTexts() throws {
        let page = try page("20975", "cpt")
        #expect(texts(page, .official) == ["Made-up official text"])
        #expect(page.blocks[0].source?.rights == "© Owner of the text")
        #expect(texts(page, .common) == ["Made-up common text"])
        #expect(page.blocks[1].source?.rights == "© Operator")
    }

    @Test("An open block without data names the edition that holds none")
    func emptyBlock() throws {
        let page = try page("E11.9")
        let edits = page.blocks[6]
        #expect(edits.state == .empty)
        #expect(
            edits.paragraphs.map(\.text) == [
                "ICD-10-CM list, FY2026, in effect from 2025-10-01, holds no modifier, NCCI, MUE or add-on edits for this code."
            ])
    }

    @Test("A block that is not open holds no text", arguments: [[], ["official"], ["official", "common"], ["facts"]])
    func locked(open: [String]) throws {
        let page = try page("E11.9", open: open)
        #expect(page.blocks.map(\.kind) == BlockKind.allCases)
        for block in page.blocks where !open.contains(block.kind.rawValue) {
            #expect(block == .locked(block.kind))
        }
        #expect(page.blocks.filter { $0.state != .locked }.map(\.kind.rawValue) == open)
        #expect(page.listing.title == "Type 2 diabetes mellitus without complications")
    }

    @Test("A date of service shows the page as it stood")
    func dated() throws {
        let page = try page("E11.9", on: "2025-01-15")
        #expect(page.listing.title == "Type 2 diabetes, uncomplicated")
        #expect(page.source.edition.edition == "FY2025")
        let history = try #require(page.blocks.first { $0.kind == .history }).paragraphs
        #expect(history.map(\.label) == ["Added", "Revised", "Listed in"])
        #expect(history[0].text == "on 2024-10-01 or before: the oldest loaded edition lists it")
        let revision = history[1]
        #expect(
            revision.text
                == "2025-10-01: “Type 2 diabetes, uncomplicated” became “Type 2 diabetes mellitus without complications”"
        )
        let scalars = Array(revision.text.unicodeScalars)
        let marked = revision.marks.map { mark in
            "\(mark.kind) " + String(String.UnicodeScalarView(scalars[mark.range]))
        }
        #expect(marked == ["removed diabetes, uncomplicated", "added diabetes mellitus without complications"])
        #expect(history[2].text == "ICD-10-CM list: FY2025 to FY2026")
    }

    @Test("A code that the newest edition dropped is shown as retired")
    func dropped() throws {
        let page = try page("E11.0")
        #expect(page.status == .retired)
        #expect(page.notice.contains("no longer lists E11.0"))
        #expect(page.source.edition.edition == "FY2025")
        let error = #expect(throws: LookupError.self) { try self.page("E11.0", on: "2026-01-01") }
        #expect(
            error
                == .notFound(
                    "E11.0 is not in ICD-10-CM FY2026 (from 2025-10-01 to 2026-09-30). Loaded editions that list it: "
                        + "ICD-10-CM FY2025 (from 2024-10-01 to 2025-09-30)."))
    }

    @Test("A code's own days decide its status", arguments: [("2026-02-03", "future"), ("2026-04-01", "active")])
    func status(day: String, status: String) throws {
        #expect(try page("E13.9", on: day).status.rawValue == status)
    }

    @Test("The edition's end is told")
    func notice() throws {
        #expect(try page("E11.9").notice.isEmpty)
        #expect(try page("E11.9", today: 2026_11_24).notice.contains("its validity ended on 2026-09-30"))
        #expect(try page("E11.9", today: 2026_11_24).status == .active)
    }

    @Test(
        "Questions without an answer say what to do",
        arguments: [
            ("icd10", "E11.9", "", "system"), ("icd10cm", "E11;9", "", "code"), ("icd10cm", "", "", "code"),
            ("icd10cm", "E11.9", "2026-13-01", "on"), ("icd10cm", "E11.9", "yesterday", "on"),
            ("icd10cm", String(repeating: "E", count: 100), "", "code"), ("\u{0}\u{1}", "E11.9", "", "system"),
            ("icd10cm", "E11.9", String(repeating: "2", count: 100), "on"),
        ])
    func malformed(system: String, code: String, day: String, field: String) throws {
        let error = #expect(throws: LookupError.self) { try page(code, system, on: day) }
        guard case .invalid(let named, let message) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(named == field)
        #expect(message.utf8.count < 400)
        #expect(!message.unicodeScalars.contains { $0.value < 0x20 })
    }

    @Test("A block of another name is refused")
    func unknownBlock() throws {
        #expect(throws: LookupError.self) { try page("E11.9", open: ["everything"]) }
        #expect(throws: LookupError.self) { try page("E11.9", open: Array(repeating: "facts", count: 100)) }
    }

    @Test("An unknown code is not found", arguments: ["E99", "Z99.9", "S52.1XXQ"])
    func unknown(code: String) throws {
        #expect(throws: LookupError.notFound("\(code) is in no loaded edition of ICD-10-CM.")) { try page(code) }
    }

    @Test("Browsing goes from the top down, page by page")
    func browsing() throws {
        let catalogue = try CatalogueFixture().catalogue
        let top = try catalogue.browse("", in: "icd10cm", on: "", pageSize: 1, pageToken: "")
        #expect(top.entries.map(\.listing.code) == ["4"])
        #expect(top.path.isEmpty)
        let rest = try catalogue.browse("", in: "icd10cm", on: "", pageSize: 1, pageToken: top.nextPageToken)
        #expect(rest.entries.map(\.listing.code) == ["19"])
        #expect(rest.nextPageToken.isEmpty)
        let below = try catalogue.browse("e11", in: "icd10cm", on: "2025-01-01", pageSize: 0, pageToken: "")
        #expect(below.path.map(\.code) == ["4", "E08-E13", "E11"])
        #expect(below.entries.map(\.listing.code) == ["E11.0", "E11.6", "E11.9"])
        #expect(below.entries.map(\.hasChildren) == [false, true, false])
        #expect(throws: LookupError.self) {
            try catalogue.browse("e11", in: "icd10cm", on: "", pageSize: 1, pageToken: top.nextPageToken)
        }
    }

    @Test("Files of one day answer together: each code once, neighbours across files, the notice of its own file")
    func filesOfOneDay() throws {
        let fixture = try CatalogueFixture(today: 2027_01_01) { builder in
            try builder.begin(
                CatalogueFixture.edition(.hcpcs, "extra", from: 2026_01_01, to: 2026_03_31, source: "Extra file"))
            try builder.add(CatalogueFixture.code("A", "Supplies", billable: false))
            try builder.add(CatalogueFixture.code("A4207", "Extra code", under: "A"))
            try builder.end(CatalogueFixture.report(2))
            try builder.begin(
                CatalogueFixture.edition(.hcpcs, "main", from: 2026_01_01, to: 2026_03_31, source: "Main file"))
            try builder.add(CatalogueFixture.code("A", "Supplies", billable: false))
            for code in ["A4205", "A4206", "A4208"] {
                try builder.add(CatalogueFixture.code(code, "Main code", under: "A"))
            }
            try builder.end(CatalogueFixture.report(4))
        }
        let page = try fixture.catalogue.page(of: "A4206", in: "hcpcs", on: "", open: ["history"]).0
        #expect(page.neighbours.map(\.code) == ["A4205", "A4207", "A4208"])
        #expect(page.notice.hasPrefix("Main file, main, is the latest"))
        #expect(texts(page, .history).contains { $0.hasPrefix("Deleted") } == false)
        let extra = try fixture.catalogue.page(of: "A4207", in: "hcpcs", on: "2026-02-01", open: []).0
        #expect(extra.neighbours.map(\.code) == ["A4205", "A4206", "A4208"])
        #expect(extra.source.edition.sourceName == "Extra file")
        let top = try fixture.catalogue.browse("", in: "hcpcs", on: "", pageSize: 0, pageToken: "")
        #expect(top.entries.map(\.listing.code) == ["A"])
        #expect(top.source.edition.sourceName == "Main file")
        var below: [String] = []
        var token = ""
        repeat {
            let shelf = try fixture.catalogue.browse("A", in: "hcpcs", on: "", pageSize: 2, pageToken: token)
            below += shelf.entries.map(\.listing.code)
            token = shelf.nextPageToken
        } while !token.isEmpty
        #expect(below == ["A4207", "A4205", "A4206", "A4208"])
        let found = try fixture.catalogue.search(.init(q: "code", on: "2026-02-01")).0
        #expect(Set(found.hits.map(\.listing.code)) == ["A4205", "A4206", "A4207", "A4208"])
    }
}
