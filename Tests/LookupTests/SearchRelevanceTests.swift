import Foundation
import Support
import Testing

@testable import Lookup

/// Holds the figures of search: they may not fall below what the page of the module says, less one phrase in fifty.
@Suite("Search relevance", .serialized)
struct SearchRelevanceTests {
    private static let data =
        ProcessInfo.processInfo.environment["CODINGAHEAD_DATA"]
        ?? ImportRealFiles.packageRoot.appending(path: ".data").path

    /// The editions of ICD-10-CM's newest file and of the words that lead to its codes.
    private static let wanted = [
        "icd10cm-2026-04", "icd10cm-2025-index", "icd10cm-2026-04-neoplasms", "icd10cm-2026-04-drugs",
        "icd10cm-2026-04-external-causes",
    ]

    private static var missing: String? {
        guard let list = try? SourceList.load(dataFolder: nil) else { return "the list of sources" }
        let present = Set(list.editions(of: DataFolder(data).present(list)).map(\.id))
        if let edition = wanted.first(where: { !present.contains($0) }) {
            return "\(edition) in \(data)/sources (codingahead data pull)"
        }
        return ImportRealFiles.shared("evaluation/practicum-dev.csv") == nil ? "evaluation/practicum-dev.csv" : nil
    }

    @Test(
        "Phrases of coders that the ranking was not tuned on find their codes",
        .enabled(if: missing == nil, "needs \(missing ?? "")"))
    func phrases() throws {
        let list = try SourceList.load(dataFolder: nil)
        let shared = SharedTables()
        let fixture = try CatalogueFixture { builder in
            for edition in list.editions where Self.wanted.contains(edition.id) {
                let one = EditionImport(edition, list: list, folder: DataFolder(Self.data), shared: shared)
                try builder.begin(one.record())
                try builder.end(one.run(into: &builder))
            }
        }
        let path = try #require(ImportRealFiles.shared("evaluation/practicum-dev.csv"))
        let csv = try String(contentsOfFile: path, encoding: .utf8)
        let (_, held) = EvaluationPhrase.halves(of: csv) { FileDigest.sha256(Array($0.utf8)) }
        var figures = RelevanceFigures()
        for phrase in held {
            let hits = try fixture.catalogue.search(.init(q: phrase.phrase, system: "icd10cm", pageSize: 50)).0.hits
            figures.add(rank: hits.firstIndex { $0.listing.code == phrase.code }, answers: hits.count)
        }
        #expect(figures.questions == 211)
        #expect(figures.recall(at: 1) >= 0.57)
        #expect(figures.recall(at: 10) >= 0.855)
        #expect(figures.recall(at: 50) >= 0.91)
        #expect(figures.zeroHitRate == 0)
    }
}
