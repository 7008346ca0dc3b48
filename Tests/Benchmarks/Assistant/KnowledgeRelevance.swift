import Contracts
import Foundation

/// How often the passage that answers a question is among the first found. The questions of `knowledge-test.tsv` were written from passages
/// drawn at random, and nothing was chosen by looking at what came of them; those of `knowledge-development.tsv` are for trying.
enum KnowledgeRelevance {
    static func run(_ desk: DeskUnderTest) async throws {
        print("questions   |   n |  R@1 |  R@5 | p50 µs | p95 µs")
        for name in ["development", "test"] {
            var ranks: [Int?] = []
            var times: [UInt32] = []
            for row in try DeskUnderTest.rows(of: "knowledge-\(name).tsv") {
                let reply = try await desk.knowledge.searchPassages(
                    KnowledgeAPI.SearchPassagesRequest(q: row[0], pageSize: 50))
                let wanted = flat(row[1])
                ranks.append(reply.passages.firstIndex { flat($0.text).contains(wanted) })
                times.append(reply.tookMicros)
            }
            times.sort()
            func share(_ most: Int) -> String {
                String(
                    format: "%.3f", Double(ranks.filter { $0.map { $0 < most } ?? false }.count) / Double(ranks.count))
            }
            print(
                "\(name) | \(ranks.count) | \(share(1)) | \(share(5)) | \(times[times.count / 2]) | \(times[times.count * 95 / 100])"
            )
        }
    }

    private static func flat(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
