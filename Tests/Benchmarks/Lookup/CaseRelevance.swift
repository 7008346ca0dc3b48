import Contracts
import Foundation

/// Case-to-code on the development cases of CodiEsp (`evaluation/codiesp-dev`): diagnoses of 250 notes, translated to English by
/// machine, coded with an older code year. Nothing was learned from the labels.
enum CaseRelevance {
    /// Suggestions below this score are left out of precision, recall and F1.
    private static let leastScore = 0.4

    static func run(data: String, shared: String) async throws {
        let lookup = try await LookupUnderTest(dataFolder: data)
        let folder = FileManager.default.temporaryDirectory.appending(path: "cases-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let tar = try Process.run(
            URL(filePath: "/bin/tar"),
            arguments: ["xzf", shared + "/evaluation/codiesp-dev/text_files_en.tar.gz", "-C", folder])
        tar.waitUntilExit()
        var expected: [String: Set<String>] = [:]
        let labels = try String(contentsOfFile: shared + "/evaluation/codiesp-dev/devD.tsv", encoding: .utf8)
        for line in labels.split(separator: "\n") {
            let fields = line.split(separator: "\t")
            if fields.count == 2 { expected[String(fields[0]), default: []].insert(fields[1].uppercased()) }
        }
        var full = Counts()
        var short = Counts()
        var times: [Int64] = []
        for (name, codes) in expected.sorted(by: { $0.key < $1.key }) {
            let text = try String(contentsOfFile: folder + "/text_files_en/\(name).txt", encoding: .utf8)
            let begun = DispatchTime.now().uptimeNanoseconds
            let reply = try await lookup.client.codeCase(.init(text: text, pageSize: 100))
            times.append(Int64(DispatchTime.now().uptimeNanoseconds - begun))
            // A near miss that is only another code of the same words ranks behind all suggestions.
            let near = reply.rejected.filter { $0.why.hasPrefix("The same words") }.map(\.code)
            let chosen = reply.suggestions.filter { $0.score >= leastScore }.map(\.code)
            full.add(ranked: reply.suggestions.map(\.code) + near, chosen: Set(chosen), expected: codes)
            let categories = (reply.suggestions.map(\.code) + near).map { String($0.prefix(3)) }
            var seen: Set<String> = []
            short.add(
                ranked: categories.filter { seen.insert($0).inserted },
                chosen: Set(chosen.map { String($0.prefix(3)) }),
                expected: Set(codes.map { String($0.prefix(3)) }))
        }
        print("codes            |   MAP | precision | recall | micro-F1")
        print("full             | \(full.row)")
        print("three characters | \(short.row)")
        times.sort()
        print("a note: median \(times[times.count / 2] / 1_000) µs, slowest \((times.last ?? 0) / 1_000) µs")
    }

    private struct Counts {
        var hits = 0
        var chosen = 0
        var expected = 0
        var precisions = 0.0
        var notes = 0

        mutating func add(ranked: [String], chosen: Set<String>, expected: Set<String>) {
            hits += chosen.intersection(expected).count
            self.chosen += chosen.count
            self.expected += expected.count
            var found = 0
            var sum = 0.0
            for (place, code) in ranked.enumerated() where expected.contains(code) {
                found += 1
                sum += Double(found) / Double(place + 1)
            }
            precisions += sum / Double(max(1, expected.count))
            notes += 1
        }

        var row: String {
            let precision = Double(hits) / Double(max(1, chosen))
            let recall = Double(hits) / Double(max(1, expected))
            let f1 = precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0
            return String(
                format: "%.3f |     %.3f |  %.3f | %.3f", precisions / Double(max(1, notes)), precision, recall, f1)
        }
    }
}
