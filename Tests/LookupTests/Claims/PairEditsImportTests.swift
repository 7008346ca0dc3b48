import Foundation
import Support
import Testing

@testable import Lookup

@Suite struct `The importers of NCCI pairs` {
    private static let header = [
        "CPT only copyright of its owner.\t\t\t\t\t\t", "", "Column 1/Column 2 Edits\t\t\t\t\t\t",
        "Column 1\tColumn 2\t* = in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale",
        "\t\tprior to 1996\tDate\tDate\t0=not allowed\t", "\t\t\t\t*=no data\t1=allowed 9=not applicable\t",
    ]

    private func official(_ rows: [String]) -> String {
        (Self.header + rows).joined(separator: "\r\n") + "\r\n"
    }

    private func code(_ text: String) throws -> ProcedureCode { try #require(ProcedureCode(text)) }

    @Test func `keep every window of a pair, in the official layout`() throws {
        let fixture = try ReferenceFixture()
        let text = official([
            "0001X\t0002X\t\t20310101\t20310331\t1\tMisuse of Column Two code with Column One code",
            "0001X\t0002X\t\t20310701\t*\t0\tMisuse of Column Two code with Column One code",
            "0001X\tA9001\t*\t19960101\t20010101\t9\tMore extensive procedure",
            "0003X\t0001X\t\t20310101\t*\t1\tStandards of medical practice", "",
        ])
        try fixture.read(.pairsPractitioner, PairEditsImporter(fixture.stream(text))) { (store, file, report) throws in
            #expect(report.rowsRead == 4 && report.rowsKept == 4)
            let codes = [try code("0001X"), try code("0002X"), try code("0003X"), try code("A9001")]
            let edits = try store.pairEdits(among: codes, in: file)
            #expect(edits.count == 4)
            let both = edits.filter { $0.second == codes[1] }.sorted { $0.window.effective < $1.window.effective }
            #expect(both.map(\.window.indicator) == [.allowed, .notAllowed])
            #expect(both[0].window.holds(on: ReferenceFixture.day("2031-03-31")))
            #expect(!both[0].window.holds(on: ReferenceFixture.day("2031-04-01")))
            #expect(!both[1].window.holds(on: ReferenceFixture.day("2031-06-30")))
            #expect(both[1].window.holds(on: ReferenceFixture.day("2040-01-01")))
            #expect(both[0].window.rationale == "Misuse of Column Two code with Column One code")
            #expect(try store.pairEdits(among: [codes[1], codes[3]], in: file).isEmpty)
        }
    }

    @Test func `find what was written, whatever the order of the rows`() throws {
        let fixture = try ReferenceFixture()
        var generator = SeededGenerator(seed: 11)
        let codes = (0..<40).map { String(format: "%04dX", $0) }
        var wanted: Set<String> = []
        var rows: [String] = []
        for _ in 0..<600 {
            let first = codes[Int.random(in: 0..<40, using: &generator)]
            let second = codes[Int.random(in: 0..<40, using: &generator)]
            guard first != second, wanted.insert("\(first) \(second)").inserted else { continue }
            rows.append("\(first)\t\(second)\t\t20310101\t*\t1\tReason \(Int.random(in: 0..<5, using: &generator))")
        }
        try fixture.read(.pairsHospital, PairEditsImporter(fixture.stream(official(rows)))) {
            (store, file, report) throws in
            #expect(report.rowsKept == wanted.count)
            let found = try store.pairEdits(among: codes.map { try code($0) }, in: file)
            #expect(Set(found.map { "\($0.first) \($0.second)" }) == wanted)
            #expect(found.count == wanted.count)
        }
    }

    @Test func `refuse single rows with their lines, and a file of another layout whole`() throws {
        let fixture = try ReferenceFixture()
        let good = (0..<300).map { "0001X\t\(String(format: "%04dY", $0))\t\t20310101\t*\t1\tReason" }
        let text = official(good + ["0001X\t0002X\t\t20311301\t*\t1\tReason"])
        try fixture.read(.pairsPractitioner, PairEditsImporter(fixture.stream(text))) { (_, _, report) throws in
            #expect(report.rowsRefused == 1 && report.refusals.first?.line == 307)
        }
        let broken = [
            "", official([]), official(["0001X\t0002X\t\t20310101\t*\t7\tReason"]),
            good.joined(separator: "\n"), official(good.map { $0.replacing("\t", with: ",") }),
        ]
        for text in broken {
            #expect(try fixture.refusal(.pairsPractitioner, PairEditsImporter(fixture.stream(text))) != nil)
        }
        let missing = SourceStream(at: fixture.folder.path + "/nothing", name: "nothing")
        #expect(try fixture.refusal(.pairsPractitioner, PairEditsImporter(missing)) != nil)
    }

    @Test func `read the pairs of the Outpatient Code Editor, and refuse a part of them`() throws {
        let fixture = try ReferenceFixture()
        let span = DaySpan(ReferenceFixture.day("2031-01-01"), ReferenceFixture.day("2031-12-31"))
        let lines = [
            "#ncci\t1\t20310101\t20311231", "0001X\t0002X\t20310101\t20310630\t0",
            "0001X\t0002X\t20310701\t20311231\t1", "#end\t2",
        ]
        let text = lines.joined(separator: "\n") + "\n"
        try fixture.read(.pairsHospital, HospitalPairsImporter(fixture.stream(text), span: span)) {
            store, file, report in
            #expect(report.rowsKept == 2)
            let edits = try store.pairEdits(among: [try code("0001X"), try code("0002X")], in: file)
            #expect(edits.map(\.window.indicator) == [.notAllowed, .allowed])
            #expect(edits[1].window.deleted == nil)
        }
        for part in [lines.dropLast().joined(separator: "\n"), text + "more\n", text.replacing("#ncci", with: "#pcs")] {
            #expect(
                try fixture.refusal(.pairsHospital, HospitalPairsImporter(fixture.stream(part), span: span)) != nil)
        }
        let other = DaySpan(span.first, nil)
        #expect(
            try fixture.refusal(.pairsHospital, HospitalPairsImporter(fixture.stream(text), span: other))?.line == 1)
    }

    @Test func `read lines longer than a piece, and refuse one without an end`() throws {
        let fixture = try ReferenceFixture()
        let long = String(repeating: "x", count: 700_000)
        var lengths: [Int] = []
        try fixture.stream([long, long, "", "end"].joined(separator: "\r\n")).forEachLine { _, line in
            lengths.append(line.count)
        }
        #expect(lengths == [700_000, 700_000, 0, 3])
        let endless = try fixture.stream(String(repeating: "x", count: 3_000_000))
        #expect(throws: FileRefusal.self) { try endless.forEachLine { _, _ in } }
    }

    @Test func `codes keep their order and their text as numbers`() throws {
        let texts = ["00100", "0001U", "99499", "A4206", "V5364", "G0008"]
        for text in texts { #expect(try code(text).description == text) }
        #expect(try texts.map(code).sorted().map(\.description) == texts.sorted())
        #expect(try code("99213").isCPT && !code("A4206").isCPT)
        for text in ["", "1234", "123456", "ABCDE", "12 45", "1234é"] { #expect(ProcedureCode(text) == nil) }
    }
}
