import Glibc
import Testing

@testable import Lookup

@Suite struct `Editors' texts` {
    private let path = "/tmp/lookup-texts-\(getpid())-\(UInt64.random(in: 0..<UInt64.max)).sqlite"

    private func withDesk(keeping: Bool = false, _ body: (EditorDesk) async throws -> Void) async throws {
        let store = try EditorTextStore(path: path)
        try await body(EditorDesk(store, now: { 1_770_000_000 }))
        try store.close()
        if !keeping { for ending in ["", "-wal", "-shm", ".lock"] { unlink(path + ending) } }
    }

    private func write(_ desk: EditorDesk, _ text: String, base: Int, restoring: Int? = nil) async throws -> EditorText
    {
        try await desk.write(
            text, for: "clinical", of: "E11.9", in: .icd10cm, by: "ann", base: base, restoring: restoring)
    }

    @Test func `are kept by version, with author and day, and brought back`() async throws {
        try await withDesk { desk in
            #expect(try await write(desk, "First *words*.\n\nSecond.", base: 0).version == 1)
            #expect(try await write(desk, "Other words", base: 1).version == 2)
            let restored = try await write(desk, "", base: 2, restoring: 1)
            #expect(restored.version == 3 && restored.markdown.hasPrefix("First") && restored.restoredFrom == 1)
            let versions = try desk.versions(of: "E11.9", in: .icd10cm, pageSize: 2, pageToken: "")
            #expect(versions.texts.map(\.version) == [3, 2])
            let rest = try desk.versions(of: nil, in: nil, pageSize: 2, pageToken: versions.nextPageToken)
            #expect(rest.texts.map(\.version) == [1] && rest.texts[0].author == "ann" && rest.nextPageToken.isEmpty)
            #expect(try desk.texts("E11.9", in: .icd10cm)[.clinical]?.paragraphs == ["First *words*.", "Second."])
            _ = try await write(desk, "  \n", base: 3)
            #expect(try desk.texts("E11.9", in: .icd10cm).isEmpty)
        }
    }

    @Test func `of two editors at once, one is told of the other`() async throws {
        try await withDesk { desk in
            _ = try await write(desk, "One", base: 0)
            await #expect(throws: LookupError.self) { try await write(desk, "Two", base: 0) }
            await #expect(throws: LookupError.self) { try await write(desk, "", base: 1, restoring: 9) }
            #expect(try desk.texts("E11.9", in: .icd10cm)[.clinical]?.markdown == "One")
        }
    }

    @Test func `refuse other blocks, long texts and control characters`() async throws {
        try await withDesk { desk in
            for block in ["official", "facts", "history", "everything"] {
                await #expect(throws: LookupError.self) {
                    try await desk.write("x", for: block, of: "E11.9", in: .icd10cm, by: "ann", base: 0)
                }
            }
            await #expect(throws: LookupError.self) {
                try await write(desk, String(repeating: "x", count: EditorText.longestBytes + 1), base: 0)
            }
            await #expect(throws: LookupError.self) { try await write(desk, "a\u{0}b", base: 0) }
            #expect(throws: LookupError.self) { try desk.versions(of: nil, in: nil, pageSize: 0, pageToken: "x") }
        }
    }

    @Test func `survive a restart, and take the place of the composed text with their own source`() async throws {
        try await withDesk(keeping: true) { desk in _ = try await write(desk, "Written", base: 0) }
        try await withDesk { desk in
            let fixture = try CatalogueFixture()
            let day = try #require(Day(number: 2026_02_03))
            let catalogue = Catalogue(
                fixture.reader, axisNames: CatalogueFixture.axisNames, today: { day },
                texts: { try desk.texts($0, in: $1) })
            let (page, set) = try catalogue.page(of: "E11.9", in: "icd10cm", on: "", open: ["clinical"])
            let block = page.blocks[2]
            #expect(block.paragraphs.map(\.text) == ["Written"] && block.paragraphs[0].isMarkdown)
            #expect(block.source?.edition.sourceName == "Operator's text")
            #expect(block.source?.edition.effective == Day("2026-02-02"))
            #expect(set.hasSuffix(".clinical1"))
            let locked = try catalogue.page(of: "E11.9", in: "icd10cm", on: "", open: ["facts"]).0
            #expect(locked.blocks[2] == .locked(.clinical))
        }
    }
}
