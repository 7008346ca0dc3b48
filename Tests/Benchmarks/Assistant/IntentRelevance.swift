import Contracts
import Foundation
import RPC

/// How often a question is answered by the expected code or passage, out-of-scope questions refused, and how long an answer takes in the
/// service. A row of `intents.tsv`: intent, question, words that an answer must hold (`-`: none may be given).
enum IntentRelevance {
    private struct Count {
        var asked = 0
        var right = 0
    }

    static func run(_ desk: DeskUnderTest) async throws {
        var counts: [String: Count] = [:]
        var times: [Double] = []
        var uncited = 0
        var options = CallOptions()
        options.principal = Array("benchmark session B".utf8)
        for row in try DeskUnderTest.rows(of: "intents.tsv") {
            let start = ContinuousClock.now
            let answer = try await desk.pilot.ask(AssistantAPI.AskRequest(question: row[1]), options: options)
            let took = start.duration(to: .now)
            times.append(Double(took.components.attoseconds) / 1e15 + Double(took.components.seconds) * 1_000)
            uncited += answer.answer.filter(\.citations.isEmpty).count
            let said = (answer.answer.map(\.text) + answer.citations.map { "\($0.title) \($0.passage)" }).joined(
                separator: "\n")
            let isRight = row[2] == "-" ? answer.abstained : said.lowercased().contains(row[2].lowercased())
            counts[row[0], default: Count()].asked += 1
            if isRight { counts[row[0], default: Count()].right += 1 } else { print("wrong: \(row[1])") }
        }
        times.sort()
        for (intent, count) in counts.sorted(by: { $0.key < $1.key }) {
            print("\(intent) | \(count.right) of \(count.asked)")
        }
        print("sentences without citation: \(uncited)")
        print(String(format: "answer: p50 %.1f ms, p95 %.1f ms", times[times.count / 2], times[times.count * 95 / 100]))
    }
}
