import Foundation
import Storage
import Support
import Testing

@testable import Lookup

@Suite("The search index")
struct SearchIndexTests {
    /// A small set with the traps of the real one.
    private func fixture() throws -> CatalogueFixture {
        try CatalogueFixture { builder in
            try builder.begin(CatalogueFixture.edition(.icd10cm, "FY2026", from: 2025_10_01))
            let codes: [(String, String, String?, Bool)] = [
                ("11", "Diseases of the digestive system", nil, false),
                ("K42", "Umbilical hernia", "11", false),
                ("K42.0", "Umbilical hernia with obstruction, without gangrene", "K42", true),
                ("K42.1", "Umbilical hernia with gangrene", "K42", true),
                ("K42.9", "Umbilical hernia without obstruction or gangrene", "K42", true),
                ("13", "Diseases of the musculoskeletal system", nil, false),
                ("M17", "Osteoarthritis of knee", "13", false),
                ("M17.10", "Unilateral primary osteoarthritis, unspecified knee", "M17", true),
                ("M17.11", "Unilateral primary osteoarthritis, right knee", "M17", true),
                ("M17.12", "Unilateral primary osteoarthritis, left knee", "M17", true),
                ("9", "Diseases of the circulatory system", nil, false),
                ("I21", "Acute myocardial infarction", "9", false),
                ("I21.9", "Acute myocardial infarction, unspecified", "I21", true),
                ("21", "Factors influencing health status", nil, false),
                ("Z68", "Body mass index [BMI]", "21", false),
                ("Z68.42", "Body mass index [BMI] 45.0-49.9, adult", "Z68", true),
                ("Z68.45", "Body mass index [BMI] 70 or greater, adult", "Z68", true),
            ]
            for (code, title, parent, billable) in codes {
                try builder.add(CatalogueFixture.code(code, title, under: parent, billable: billable))
            }
            try builder.add(TermRecord(code: "K42.9", kind: .index, text: "Exomphalos, adult"))
            try builder.end(CatalogueFixture.report(codes.count))
        }
    }

    @Test(
        "Questions as coders write them find their code first",
        arguments: [
            ("Umbilical hernia", "K42.9"), ("incarcerated umbilical hernia", "K42.0"),
            ("umbilical hernia w gangrene", "K42.1"), ("exomphalos", "K42.9"), ("Rt knee DJD", "M17.11"),
            ("left knee degenerative joint disease", "M17.12"), ("osteoarthritis knee", "M17.11"),
            ("osteoartritis of the left knee", "M17.12"), ("heart attack", "I21.9"), ("MI", "I21.9"),
            ("BMI 45.7", "Z68.42"), ("umbil", "K42.9"), ("myocardial infarctoin", "I21.9"),
        ])
    func coders(q: String, first: String) throws {
        #expect(try fixture().catalogue.search(.init(q: q)).0.hits.first?.listing.code == first)
    }

    @Test("Words that stand for others are highlighted where the title has them")
    func highlights() throws {
        let hit = try #require(try fixture().catalogue.search(.init(q: "Rt knee DJD")).0.hits.first)
        let scalars = Array(hit.listing.title.unicodeScalars)
        let words = hit.highlights.map { String(String.UnicodeScalarView(scalars[$0])) }
        #expect(words == ["osteoarthritis", "right", "knee"])
    }

    @Test("A damaged or foreign index file is refused, and the snapshot before stays")
    func damage() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: folder) } }
        let store = SnapshotStore(dataFolder: folder)
        _ = try store.importSnapshot { try CatalogueFixture.everything(&$0) }
        let pointer = try #require(try store.directory.current())
        let path = store.directory.path + "/" + pointer.indexFileName
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        let copy = folder + "/copy"
        var random = SeededGenerator(seed: 7)
        for length in [0, 8, 100, whole.count / 2] {
            try whole.prefix(length).write(to: URL(fileURLWithPath: copy))
            #expect(throws: SnapshotError.self) { try SearchFile(MappedFile(reading: copy), path: copy) }
        }
        for _ in 0..<50 {
            var bytes = whole
            bytes[Int.random(in: 0..<SearchFile.headerBytes, using: &random)] ^= 0xff
            try bytes.write(to: URL(fileURLWithPath: copy))
            #expect(throws: SnapshotError.self) { try SearchFile(MappedFile(reading: copy), path: copy) }
        }
    }

    @Test(
        "Spelling distance counts a letter too many, missing, changed or swapped as one",
        arguments: [
            ("", "", 0), ("a", "", 1), ("hernia", "hernia", 0), ("hernia", "henria", 1), ("hernia", "herna", 1),
            ("hernia", "hernnia", 1), ("hernia", "harnia", 1), ("hernia", "hrenai", 2), ("abc", "xyz", 3),
        ])
    func distance(left: String, right: String, expected: Int) {
        #expect(SpellingNeighbours.distance(Array(left.utf8), Array(right.utf8), atMost: 3) == expected)
        #expect(SpellingNeighbours.distance(Array(right.utf8), Array(left.utf8), atMost: 3) == expected)
    }

    @Test("What a title denies is told from what it says")
    func denied() {
        let tokens = SearchTokens("Hernia with obstruction, without gangrene or perforation; recurrent").tokens
        #expect(
            tokens.filter(\.denied).map(\.stem)
                == ["or", "gangrene", "perforation"].map { Words.stem(of: $0) }.sorted { a, b in
                    (tokens.firstIndex { $0.stem == a } ?? 0) < (tokens.firstIndex { $0.stem == b } ?? 0)
                })
    }
}
