import Contracts
import Foundation
import Lookup
import Support

/// How well search finds codes: the two halves of the development phrases, and index terms that were kept back from the index.
enum SearchRelevance {
    /// As many of the terms kept back as are asked for; all would take minutes.
    private static let mostTerms = 1_000

    static func run(data: String, shared: String) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "relevance-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let withheld = try LookupUnderTest.importing(from: data, into: folder, systems: nil, withholding: true)
        let lookup = try await LookupUnderTest(dataFolder: folder)
        let csv = try String(contentsOfFile: shared + "/evaluation/practicum-dev.csv", encoding: .utf8)
        let (tuned, held) = EvaluationPhrase.halves(of: csv) { FileDigest.sha256(Array($0.utf8)) }
        print("set                                  |    n |   R@1 |   R@5 |  R@10 |  R@50 |   MRR | zero hits")
        for (name, phrases) in [("phrases, tuned on", tuned), ("phrases, never seen", held)] {
            var figures = RelevanceFigures()
            for phrase in phrases {
                let codes = try await codes(lookup, phrase.phrase)
                let rank = codes.firstIndex(of: phrase.code)
                figures.add(rank: rank, answers: codes.count)
                if ProcessInfo.processInfo.environment["SHOW_MISSES"] != nil, name.hasSuffix("on"), rank != 0 {
                    print(rank ?? -1, phrase.phrase, phrase.code, codes.prefix(3))
                }
            }
            report(name, figures)
        }
        var terms = RelevanceFigures()
        for term in withheld.prefix(mostTerms) {
            let codes = try await codes(lookup, term.text)
            // An index that gives a heading is met by any code below it.
            terms.add(rank: codes.firstIndex { $0.hasPrefix(term.code) }, answers: codes.count)
        }
        report("Alphabetic Index, kept back", terms)
    }

    private static func codes(_ lookup: LookupUnderTest, _ q: String) async throws -> [String] {
        try await lookup.client.search(.init(q: q, system: "icd10cm", pageSize: 50)).hits.map(\.code)
    }

    private static func report(_ name: String, _ figures: RelevanceFigures) {
        let recalls = [1, 5, 10, 50].map { String(format: "%.3f", figures.recall(at: $0)) }.joined(separator: " | ")
        print(
            name.padding(toLength: 36, withPad: " ", startingAt: 0)
                + String(format: " | %4d | ", figures.questions) + recalls
                + String(format: " | %.3f | %.3f", figures.meanReciprocalRank, figures.zeroHitRate))
    }
}
