import Contracts
import Foundation
import Lookup
import Support

/// How long searches take in the service, one at a time and from all processors at once, over all sets of a data folder.
enum SearchLatency {
    /// Kinds of questions beside the phrases of coders.
    private static let general = [
        "diabetes", "type 2 diabetes", "heart failure", "fracture of femur", "E11.9", "99*", "A4206-A4232", "left",
        "other specified", "unspecified", "initial encounter", "catheter", "hypertensoin", "copd", "0SR9", "burn",
        "open bypass coronary artery", "displaced fracture", "sepsis", "of the", "insulin pump", "right hip", "Z00",
    ]

    static func run(data: String, shared: String) async throws {
        let lookup = try await LookupUnderTest(dataFolder: data)
        let csv = try String(contentsOfFile: shared + "/evaluation/practicum-dev.csv", encoding: .utf8)
        let (tuned, held) = EvaluationPhrase.halves(of: csv) { FileDigest.sha256(Array($0.utf8)) }
        let phrases = (tuned + held).map(\.phrase)
        print("what                                      |     n |  p50 µs |  p95 µs |  p99 µs |  max µs")
        let questions = phrases + general
        try await measure("search, all sets, with facets", questions) {
            _ = try await lookup.client.search(.init(q: $0))
        }
        try await measure("search, one set", questions) {
            _ = try await lookup.client.search(.init(q: $0, system: "icd10cm"))
        }
        let typed = phrases.prefix(120).flatMap { phrase in
            (1...min(24, phrase.count)).map { String(phrase.prefix($0)) }
        }
        try await measure("typeahead, each letter", typed) { _ = try await lookup.client.suggest(.init(q: $0)) }
        let two = Set(phrases.map { String($0.prefix(2)).lowercased() })
        try await measure("typeahead, two letters", Array(two)) { _ = try await lookup.client.suggest(.init(q: $0)) }
        try await throughput(lookup, questions)
        print("resident memory: \(try residentMebibytes()) MiB")
    }

    private static func measure(_ name: String, _ questions: [String], _ ask: (String) async throws -> Void)
        async throws
    {
        for question in questions.prefix(200) { try await ask(question) }
        var times: [Int64] = []
        for question in questions + questions {
            let begun = DispatchTime.now().uptimeNanoseconds
            try await ask(question)
            times.append(Int64(DispatchTime.now().uptimeNanoseconds - begun))
        }
        times.sort()
        func micros(_ part: Double) -> Double { Double(times[Int(Double(times.count - 1) * part)]) / 1_000 }
        print(
            name.padding(toLength: 41, withPad: " ", startingAt: 0)
                + String(
                    format: " | %5d | %7.0f | %7.0f | %7.0f | %7.0f", times.count, micros(0.5), micros(0.95),
                    micros(0.99), micros(1)))
    }

    private static func throughput(_ lookup: LookupUnderTest, _ questions: [String]) async throws {
        let workers = ProcessInfo.processInfo.activeProcessorCount
        let rounds = 4
        let client = lookup.client
        let begun = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<workers {
                group.addTask {
                    for _ in 0..<rounds { for q in questions { _ = try await client.search(.init(q: q)) } }
                }
            }
            try await group.waitForAll()
        }
        let seconds = (ContinuousClock.now - begun) / .seconds(1)
        print(
            String(
                format: "searches a second, %d callers: %.0f", workers,
                Double(workers * rounds * questions.count) / seconds))
    }

    private static func residentMebibytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
        return (line.split(separator: " ").compactMap { Int($0) }.first ?? 0) / 1_024
    }
}
