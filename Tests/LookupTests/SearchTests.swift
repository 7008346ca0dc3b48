import Storage
import Support
import Testing

@testable import Lookup

@Suite("Search")
struct SearchTests {
    private func codes(_ q: String, _ change: (inout Catalogue.SearchQuestion) -> Void = { _ in }) throws -> [String] {
        let fixture = try CatalogueFixture()
        var question = Catalogue.SearchQuestion(q: q)
        change(&question)
        return try fixture.catalogue.search(question).0.hits.map(\.listing.code)
    }

    @Test(
        "Codes are found by code, prefix, pattern and range",
        arguments: [
            ("E11.9", ["E11.9"]), ("e119", ["E11.9"]), ("E11.6", ["E11.6", "E11.65"]),
            ("e11", ["E11", "E11.6", "E11.65", "E11.9", "E11.0"]), ("A4206-A4208", ["A4206", "A4207", "A4208"]),
            ("a4214 - a4300", ["A4214", "A4215", "A4300"]), ("S52*A", ["S52.1XXA"]),
            ("S52.1*", ["S52.1", "S52.1XXA", "S52.1XXD"]),
            ("E08-E13", ["E08-E13", "E10", "E10.9", "E11", "E11.6", "E11.65", "E11.9", "E13.9", "E11.0"]),
            ("0DTJ4ZZ", ["0DTJ4ZZ"]), ("20975", ["20975"]), ("lt", ["LT"]), ("Z99*", []),
        ])
    func byCode(q: String, expected: [String]) throws {
        #expect(Set(try codes(q)) == Set(expected))
        if let first = expected.first { #expect(try codes(q).first == first) }
    }

    @Test(
        "Words are found in any order, the last as a prefix, without accents and plurals",
        arguments: [
            ("mellitus type 1", "E10.9"), ("type 2 diabetes mellitus", "E11.9"), ("hyperglyc", "E11.65"),
            ("fractures of the forearm", "S52"), ("radius fracture subsequent", "S52.1XXD"), ("meniere's", "E13.9"),
            ("MENIERE", "E13.9"), ("sugar sickness", "E11.9"), ("appendix resection endoscopic", "0DTJ4ZZ"),
            ("left side", "LT"),
            ("diabetes with hyperglycemia", "E11.65"), ("Syringe with needle 4207", "A4207"),
        ])
    func byWords(q: String, first: String) throws {
        #expect(try codes(q).first == first)
    }

    @Test(
        "When no code has all words, as many as possible count",
        arguments: ["hyperglycemia zzzqq", "zzzqq hyperglycemia diabetes"])
    func fewerWords(q: String) throws {
        #expect(try codes(q).first == "E11.65")
    }

    @Test("Highlights are scalars of the title")
    func highlights() throws {
        let fixture = try CatalogueFixture()
        let hit = try #require(try fixture.catalogue.search(.init(q: "meniere code")).0.hits.first)
        let scalars = Array(hit.listing.title.unicodeScalars)
        let parts = hit.highlights.map { range in
            String(String.UnicodeScalarView(scalars[range]))
        }
        #expect(parts == ["Ménière’s", "code"])
    }

    @Test("A range means the set that lists its ends, also where codes of another set lie between them")
    func rangeOfOneSet() throws {
        let mixed = try CatalogueFixture { builder in
            try builder.begin(CatalogueFixture.edition(.icd10cm, "FY2026", from: 2025_10_01))
            try builder.add(CatalogueFixture.code("A42", "Actinomycosis", billable: false))
            try builder.add(CatalogueFixture.code("A42.1", "Abdominal actinomycosis", under: "A42"))
            try builder.end(CatalogueFixture.report(2))
            try builder.begin(CatalogueFixture.edition(.hcpcs, "2026 Q1", from: 2026_01_01))
            for code in ["A4206", "A4210", "A4232"] { try builder.add(CatalogueFixture.code(code, "Supply \(code)")) }
            try builder.end(CatalogueFixture.report(3))
        }
        let hits = try mixed.catalogue.search(.init(q: "A4206-A4232")).0.hits
        #expect(hits.map(\.listing.code) == ["A4206", "A4210", "A4232"])
    }

    @Test("Filters narrow the hits")
    func filters() throws {
        #expect(Set(try codes("diabetes") { $0.billable = "false" }) == ["E08-E13", "E10", "E11", "E11.6"])
        #expect(Set(try codes("diabetes") { $0.billable = "true" }) == ["E10.9", "E11.65", "E11.9", "E11.0"])
        #expect(try codes("diabetes") { $0.system = "hcpcs" } == [])
        #expect(try codes("fracture") { $0.chapter = "4" } == [])
        #expect(try codes("fracture") { $0.chapter = "19" }.count == 4)
        #expect(try codes("uncomplicated") { $0.on = "2025-01-01" } == ["E11.9"])
        #expect(try codes("went away") { $0.on = "2026-01-01" } == [])
        #expect(try codes("went away") { $0.on = "2025-01-01" } == ["E11.0"])
    }

    @Test("Retired codes are found and marked")
    func retired() throws {
        let fixture = try CatalogueFixture()
        let dropped = try fixture.catalogue.search(.init(q: "went away")).0.hits
        #expect(dropped.map(\.status) == [.retired])
        #expect(try fixture.catalogue.search(.init(q: "A4300")).0.hits.map(\.status) == [.retired])
        #expect(try fixture.catalogue.search(.init(q: "E13.9")).0.hits.map(\.status) == [.future])
    }

    @Test("Facets count all that was found")
    func facets() throws {
        let fixture = try CatalogueFixture()
        let result = try fixture.catalogue.search(.init(q: "diabetes", pageSize: 2)).0
        #expect(result.hits.count == 2)
        #expect(result.total == 8)
        let values = result.facets.map { facet in
            "\(facet.field):" + facet.values.map { "\($0.value)=\($0.count)" }.joined(separator: ",")
        }
        #expect(values == ["system:icd10cm=8", "billable:true=4,false=4", "chapter:4=8"])
    }

    @Test("Pages follow each other without gaps; a token fits only its question and edition set")
    func paging() throws {
        let fixture = try CatalogueFixture()
        let whole = try fixture.catalogue.search(.init(q: "syringe")).0.hits.map(\.listing.code)
        var paged: [String] = []
        var token = ""
        repeat {
            let (result, next) = try fixture.catalogue.search(.init(q: "syringe", pageSize: 3, pageToken: token))
            paged += result.hits.map(\.listing.code)
            token = next
        } while !token.isEmpty
        #expect(paged == whole)
        #expect(paged.count == 10)
        let (_, next) = try fixture.catalogue.search(.init(q: "syringe", pageSize: 3))
        let other = #expect(throws: LookupError.self) {
            try fixture.catalogue.search(.init(q: "needle", pageSize: 3, pageToken: next))
        }
        #expect(
            other
                == .invalid(field: "page_token", "The page token does not belong to this question; start without one."))
        _ = try fixture.store.importSnapshot(importedAt: 1_770_000_001, CatalogueFixture.everything)
        fixture.reader.refresh()
        let stale = #expect(throws: LookupError.self) {
            try fixture.catalogue.search(.init(q: "syringe", pageSize: 3, pageToken: next))
        }
        guard case .stale = stale else {
            Issue.record("\(String(describing: stale))")
            return
        }
    }

    @Test(
        "A hostile query is refused plainly or answered plainly",
        arguments: [
            "", "   ", "\u{0}", "\u{0}\u{1}\u{7f}", "\"", "\"\"\"", "'; DROP TABLE codes; --", "diabetes AND NOT (",
            "title:diabetes",
            "NEAR(diabetes mellitus, 5)", "diabetes*^", "-diabetes", "*", "**", "* *", "E*1*1*1*1*1*1*1*1*1",
            "{title}: x",
            "NULL", "OR", "AND OR NOT", "%_%", "\\", "￼", "👩‍👩‍👧‍👦", "糖尿病", "e\u{301}", "E11.9 AND E11", "-", "--", "A-",
            "-A", "1-2-3",
            "Z9-A0", "A0000000000000000-Z9", "....", "....*", "'", "’’’", "\u{202e}diabetes", "\r\n\t", "0*",
            "9999999999999999999",
            String(repeating: "a", count: 500), String(repeating: "\u{301}", count: 4_000),
            String(repeating: "a", count: 501),
            String(repeating: "\"", count: 500), String(repeating: "a b ", count: 100),
            (1...40).map { "w\($0)" }.joined(separator: " "), (1...32).map { "w\($0)" }.joined(separator: " "),
        ])
    func hostile(q: String) throws {
        try answerPlainly(q)
    }

    @Test(
        "A megabyte and ten thousand words are refused",
        arguments: [("x", 1 << 20), ("word ", 10_000), ("\u{301}", 1 << 19)])
    func oversized(part: String, count: Int) throws {
        try answerPlainly(String(repeating: part, count: count))
    }

    private func answerPlainly(_ q: String) throws {
        let fixture = try CatalogueFixture()
        do {
            _ = try fixture.catalogue.search(.init(q: q))
        } catch let error as LookupError {
            guard case .invalid(let field, let message) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(field == "q")
            #expect(message.utf8.count < 200)
        }
        do {
            _ = try fixture.catalogue.suggest(q, in: "", pageSize: 0)
        } catch let error as LookupError {
            guard case .invalid = error else {
                Issue.record("\(error)")
                return
            }
        }
    }

    @Test(
        "A malformed filter names its field",
        arguments: [
            ("system", Catalogue.SearchQuestion(q: "a", system: "icd11")), ("billable", .init(q: "a", billable: "yes")),
            ("on", .init(q: "a", on: "2026-02-30")), ("page_token", .init(q: "a", pageToken: "5")),
            ("page_token", .init(q: "a", pageToken: String(repeating: "f-", count: 100))),
            ("page_token", .init(q: "a", pageToken: "ffffffffffffffffffffffff-0-1")),
            ("chapter", .init(q: "a", chapter: String(repeating: "4", count: 100))),
        ])
    func malformedFilters(field: String, question: Catalogue.SearchQuestion) throws {
        let fixture = try CatalogueFixture()
        let error = #expect(throws: LookupError.self) { try fixture.catalogue.search(question) }
        guard case .invalid(field, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("Seeded nonsense never fails otherwise", arguments: [1, 2, 3] as [UInt64])
    func nonsense(seed: UInt64) throws {
        let fixture = try CatalogueFixture()
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("abeE1129.*-\"'()^:+ \u{0}\u{301}é糖AND OR NOT NEAR{}[]%_\\;".unicodeScalars)
        for _ in 0..<300 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...40, using: &random) {
                text.append(alphabet.randomElement(using: &random) ?? " ")
            }
            do {
                _ = try fixture.catalogue.search(.init(q: String(text)))
            } catch is LookupError {
                continue
            }
        }
    }
}
