import Contracts
import Logging
import RPC
import Runtime
import Storage
import Testing

@testable import Lookup

@Suite("Lookup's calls", .timeLimit(.minutes(5)))
struct HandlerTests {
    private static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private func client(_ catalogue: Catalogue) -> LookupAPI.Client {
        let handler = LookupHandler(
            catalogue, desk: EditorDesk(nil, now: { 0 }),
            missing: { _ in [LookupAPI.MissingFile(system: "cpt", name: "LONGULT.txt", adds: "CPT", from: "AMA")] },
            logger: Self.quiet)
        return LookupAPI.Client(InProcessChannel(routes: LookupAPI.routes(handler)))
    }

    @Test("Only editors and the machine's own operator may write texts, and a store that is not there is told")
    func editors() async throws {
        let fixture = try CatalogueFixture()
        let client = client(fixture.catalogue)
        let text = LookupAPI.PutTextRequest(system: "icd10cm", code: "E119", block: "common", markdown: "Words")
        func kind(_ request: LookupAPI.PutTextRequest, _ principal: String) async -> ServiceError.Kind? {
            do {
                _ = try await client.putText(request, options: CallOptions(principal: Array(principal.utf8)))
                return nil
            } catch {
                return error.kind
            }
        }
        #expect(await kind(text, "") == .unauthenticated)
        #expect(await kind(text, "someone session x") == .permissionDenied)
        #expect(await kind(text, "operator ann") == .unavailable)
        var named = text
        named.editor = "ann"
        #expect(await kind(named, "someone session x") == .unavailable)
        named.code = "E99.99"
        #expect(await kind(named, "someone session x") == .notFound)
    }

    @Test("Differences travel with their marks")
    func differences() async throws {
        let fixture = try CatalogueFixture()
        let reply = try await client(fixture.catalogue).diffEditions(.init(system: "icd10cm"))
        #expect(reply.changes.map(\.kind) == ["deleted", "revised"])
        #expect(reply.changes[1].titleMarks.map(\.kind) == ["added"])
        #expect(reply.changes[1].oldTitleMarks.map(\.kind) == ["removed"])
        #expect(reply.before.map(\.edition) == ["FY2025"] && reply.deleted == 1)
    }

    @Test("A code travels with its source")
    func code() async throws {
        let fixture = try CatalogueFixture()
        let code = try await client(fixture.catalogue).getCode(.init(system: "icd10cm", code: "e119"))
        #expect(code.code == "E11.9")
        #expect(code.status == "active")
        #expect(code.billable)
        #expect(
            code.source
                == CommonAPI.Source(
                    name: "ICD-10-CM list", file: "icd10cm-20251001.txt", edition: "FY2026",
                    effectiveDate: "2025-10-01",
                    sha256: String(repeating: "ab", count: 32), rights: "Public domain."))
    }

    @Test("Locked text does not travel, for any choice of open blocks", arguments: BlockKind.allCases)
    func locked(open: BlockKind) async throws {
        let fixture = try CatalogueFixture()
        let page = try await client(fixture.catalogue).getCodePage(
            .init(system: "cpt", code: "20975", openBlocks: [open.rawValue]))
        #expect(page.blocks.map(\.kind) == BlockKind.allCases.map(\.rawValue))
        for block in page.blocks where block.kind != open.rawValue {
            #expect(block == LookupAPI.Block(kind: block.kind, state: "locked"))
        }
        #expect(page.blocks.first { $0.kind == open.rawValue }?.state != "locked")
        #expect(page.editionSet.hasPrefix("1-"))
    }

    @Test("Search, suggest, browse and editions answer")
    func others() async throws {
        let fixture = try CatalogueFixture()
        let client = client(fixture.catalogue)
        let found = try await client.search(.init(q: "diabetes mellitus", pageSize: 2))
        #expect(found.hits.count == 2)
        #expect(!found.nextPageToken.isEmpty)
        #expect(found.facets.map(\.field) == ["system", "billable", "chapter"])
        #expect(found.hits[0].highlights == [.init(start: 0, end: 8), .init(start: 9, end: 17)])
        let suggested = try await client.suggest(.init(q: "hypergl", system: "icd10cm"))
        #expect(suggested.hits.map(\.code) == ["E11.65"])
        let shelf = try await client.browse(.init(system: "icd10pcs"))
        #expect(shelf.entries == [.init(code: "0", title: "Medical and Surgical", hasChildren: true)])
        let editions = try await client.listEditions(.init())
        #expect(editions.editions.count == 8)
        #expect(editions.editions[0].importedAt == "2026-02-02T02:40:00Z")
        #expect(editions.editions[0].endDate == "2025-09-30")
        #expect(editions.editions[0].rowsRefused == 1)
        #expect(editions.missing.map(\.name) == ["LONGULT.txt"])
    }

    @Test("What cannot be answered has its kind, its field and advice")
    func errors() async throws {
        let fixture = try CatalogueFixture()
        let client = client(fixture.catalogue)
        let malformed = await #expect(throws: ServiceError.self) {
            try await client.getCode(.init(system: "icd10cm", code: "E11;9"))
        }
        #expect(malformed?.kind == .invalidArgument)
        #expect(malformed?.field == "code")
        let outside = await #expect(throws: ServiceError.self) {
            try await client.getCode(.init(system: "icd10cm", code: "E11.9", on: "1999-01-01"))
        }
        #expect(outside?.kind == .notFound)
        #expect(outside?.message.contains("FY2025") == true)
    }

    @Test("A service without data says which commands load some, and answers when it is there")
    func nothingLoaded() async throws {
        let fixture = try CatalogueFixture()
        let store = SnapshotStore(dataFolder: fixture.folder)
        let reader = SnapshotStore(dataFolder: fixture.folder + "/elsewhere").reader(logger: Self.quiet)
        reader.refresh()
        let empty = await #expect(throws: ServiceError.self) {
            try await client(Catalogue(reader, axisNames: CatalogueFixture.axisNames, today: fixture.catalogue.today))
                .getCode(
                    .init(system: "icd10cm", code: "E11.9"))
        }
        #expect(empty?.kind == .unavailable)
        #expect(empty?.message.contains("codingahead data import") == true)
        let later = store.reader(logger: Self.quiet)
        later.refresh()
        let code = try await client(
            Catalogue(later, axisNames: CatalogueFixture.axisNames, today: fixture.catalogue.today)
        ).getCode(
            .init(system: "icd10cm", code: "E11.9"))
        #expect(code.code == "E11.9")
    }

    @Test("Readiness says what to do until a snapshot is there, and holds from then on")
    func readiness() async throws {
        let fixture = try CatalogueFixture()
        let readiness = Readiness()
        let empty = SnapshotStore(dataFolder: fixture.folder + "/elsewhere").reader(logger: Self.quiet)
        SnapshotWatch(empty, readiness: readiness, logger: Self.quiet).begin()
        #expect(readiness.unmet.first?.contains("codingahead data import") == true)
        let reader = fixture.store.reader(logger: Self.quiet)
        let watch = SnapshotWatch(reader, readiness: readiness, logger: Self.quiet)
        let running = Task { try await watch.run() }
        while !readiness.isReady { try await Task.sleep(for: .milliseconds(10)) }
        _ = try fixture.store.importSnapshot(importedAt: 1_770_000_001, CatalogueFixture.everything)
        while reader.serving?.number != 2 { try await Task.sleep(for: .milliseconds(10)) }
        running.cancel()
        try await running.value
    }

    @Test("Calls go on while snapshots are published")
    func swap() async throws {
        let fixture = try CatalogueFixture()
        let client = client(fixture.catalogue)
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<100 {
                        let page = try await client.getCodePage(
                            .init(system: "icd10cm", code: "E11.9", openBlocks: ["guidelines"]))
                        #expect(page.blocks[4].paragraphs.count == 4)
                    }
                    return 100
                }
            }
            for second in 1...3 {
                _ = try fixture.store.importSnapshot(
                    importedAt: 1_770_000_000 + Int64(second), CatalogueFixture.everything)
                #expect(fixture.reader.refresh())
            }
            #expect(try await group.reduce(0, +) == 400)
        }
        #expect(fixture.reader.serving?.number == 4)
    }

    @Test(
        "Times are written in RFC 3339",
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"), (1_770_000_000, "2026-02-02T02:40:00Z"),
            (4_107_542_399, "2100-02-28T23:59:59Z"), (4_107_542_400, "2100-03-01T00:00:00Z"),
            (-5, "1970-01-01T00:00:00Z"),
        ] as [(Int64, String)])
    func times(seconds: Int64, text: String) {
        #expect(UTCTime(secondsSince1970: seconds).description == text)
    }
}
