import Foundation
import Testing

@testable import Lookup

@Suite struct `The list of sources` {
    @Test func `comes with the program and names what it needs`() throws {
        let list = try SourceList.load(dataFolder: nil)
        #expect(list.file("icd10cm-2026-04-tabular")?.package?.version == "1.5.0")
        #expect(list.files.allSatisfy { $0.sha256.count == 64 && !$0.from.isEmpty })
        #expect(list.editions.allSatisfy { !$0.rights.isEmpty && !$0.adds.isEmpty })
    }

    @Test func `takes the outpatient code list alone where the official HCPCS file is not there`() throws {
        let list = try SourceList.load(dataFolder: nil)
        let alone = list.editions(of: ["ioce", "cpt-sample"])
        #expect(alone.count == 57 && alone.last?.id == "cpt-2026-sample")
        let quarters = alone.filter { $0.system == .hcpcs }
        #expect(quarters.map(\.edition).first == "2019 Q3" && quarters.map(\.edition).last == "2026 Q2")
        #expect(quarters.last?.effective == Day("2026-04-01") && quarters.last?.end == Day("2026-06-30"))
        #expect(quarters[1].end == Day("2019-12-31") && Set(quarters.map(\.id)).count == 28)
        #expect(list.editions(of: ["icd10cm-2024-codes"]).isEmpty)
        let lists = list.editions(of: ["icd10cm-2024-codes", "icd10cm-2026-04-tabular"]).map(\.id)
        #expect(lists == ["icd10cm-2024"])
    }

    @Test func `says what is not loaded, without the stand-ins of what is`() throws {
        let list = try SourceList.load(dataFolder: nil)
        let editions = list.editions(of: Set(list.files.map(\.id)))
        let folder = DataFolder("/nowhere")
        let records = try editions.map {
            try EditionImport($0, list: list, folder: folder, shared: SharedTables()).record()
        }
        #expect(list.missing(from: records) == list.wanted)
        let missing = list.missing(from: records.filter { $0.system != .icd10pcs })
        #expect(missing.first?.system == .icd10pcs && missing.count == list.wanted.count + 2)
        let noQuarters = list.missing(from: records.filter { !$0.sourceName.contains("Outpatient Code Editor") })
        #expect(noQuarters.count { $0.system == .hcpcs } == 1)
    }

    @Test func `is added to by the data folder, and refused when it is broken or names an unknown file`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
        let own = folder.appending(path: "sources.json")
        let hash = String(repeating: "a", count: 64)
        try """
        {"files": [{"id": "mine", "file": "mine.xml", "sha256": "\(hash)", "places": [], "from": "My own desk"}],
         "editions": [{"id": "mine", "system": "icd10cm", "layout": "icd10cm-tabular", "name": "Mine",
           "edition": "2031", "version": "2031", "effective": "2030-10-01", "file": "mine", "rights": "Mine",
           "adds": "Little"}], "wanted": []}
        """.write(to: own, atomically: true, encoding: .utf8)
        let list = try SourceList.load(dataFolder: folder.path)
        #expect(list.editions.last?.effective == Day("2030-10-01") && list.file("mine") != nil)
        try "{}".write(to: own, atomically: true, encoding: .utf8)
        #expect(throws: FileRefusal.self) { try SourceList.load(dataFolder: folder.path) }
        let edition = try #require(list.editions.last)
        #expect(throws: FileRefusal.self) { try SourceList(files: [], editions: [edition]) }
    }

    @Test func `digests a file as sha256sum does`() {
        #expect(
            FileDigest.sha256(Array("abc".utf8))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test(arguments: [("2031-01-31", "2031-02-01"), ("2031-12-31", "2032-01-01"), ("2032-02-28", "2032-02-29")])
    func `knows the day after and the day before`(day: String, next: String) {
        #expect(Day(day)?.next == Day(next))
        #expect(Day(next)?.previous == Day(day))
    }
}
