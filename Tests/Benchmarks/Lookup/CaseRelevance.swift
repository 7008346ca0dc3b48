import Contracts
import Foundation

/// Case-to-code on the development cases of CodiEsp (`evaluation/codiesp-dev`): diagnoses of 250 notes, translated to English by
/// machine, coded with an older code year. Nothing was learned from the labels.
enum CaseRelevance {
    /// Suggestions below this score are left out of precision, recall and F1.
    private static let leastScore = 0.4
    /// The labels are codes of 2018; the oldest loaded edition of diagnoses begins here.
    private static let day = "2019-07-01"

    /// - Parameter dump: a file that takes what was found in each note, to look at; nil: none is written.
    static func run(data: String, shared: String, dump: String?) async throws {
        let lookup = try await LookupUnderTest(dataFolder: data)
        let folder = FileManager.default.temporaryDirectory.appending(path: "cases-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let tar = try Process.run(
            URL(filePath: "/bin/tar"),
            arguments: ["xzf", shared + "/evaluation/codiesp-dev/text_files_en.tar.gz", "-C", folder])
        tar.waitUntilExit()
        var labelled: [String: Set<String>] = [:]
        let labels = try String(contentsOfFile: shared + "/evaluation/codiesp-dev/devD.tsv", encoding: .utf8)
        for line in labels.split(separator: "\n") {
            let fields = line.split(separator: "\t")
            if fields.count == 2 { labelled[String(fields[0]), default: []].insert(fields[1].uppercased()) }
        }
        var full = Counts()
        var short = Counts()
        var times: [Int64] = []
        var lines = ""
        for (name, expected) in labelled.sorted(by: { $0.key < $1.key }) {
            let text = try String(contentsOfFile: folder + "/text_files_en/\(name).txt", encoding: .utf8)
            let begun = DispatchTime.now().uptimeNanoseconds
            let reply = try await lookup.client.codeCase(
                .init(text: text, dateOfService: day, pageSize: 100))
            times.append(Int64(DispatchTime.now().uptimeNanoseconds - begun))
            // The labels tell of what a note denies or says of a relative like of anything else, so here that counts as found.
            let found = Self.ranked(reply)
            let chosen = Set(found.filter { $0.score >= leastScore && $0.isSaid }.map(\.code))
            let codes = found.map(\.code)
            full.add(ranked: codes, chosen: chosen, expected: expected)
            var seen: Set<String> = []
            short.add(
                ranked: codes.map { String($0.prefix(3)) }.filter { seen.insert($0).inserted },
                chosen: Set(chosen.map { String($0.prefix(3)) }), expected: Set(expected.map { String($0.prefix(3)) }))
            for (place, one) in found.enumerated() {
                lines += "\(name)\t\(place + 1)\t\(one.code)\t\(one.score)\t\(one.reason)\t\(one.words)\n"
            }
        }
        if let dump { try lines.write(toFile: dump, atomically: true, encoding: .utf8) }
        print("codes            |   MAP | precision | recall | micro-F1")
        print("full             | \(full.row)")
        print("three characters | \(short.row)")
        times.sort()
        print("a note: median \(times[times.count / 2] / 1_000) µs, slowest \((times.last ?? 0) / 1_000) µs")
    }

    private struct Found {
        var code: String
        var score: Double
        /// Affirmed, denied or said of a relative; not a near miss.
        var isSaid: Bool
        var reason: String
        var words: String
    }

    /// Suggestions and near misses by their scores, each code once.
    private static func ranked(_ reply: LookupAPI.CodeCaseReply) -> [Found] {
        let suggested = reply.suggestions.map {
            Found(
                code: $0.code, score: $0.score, isSaid: true, reason: $0.historical ? "history" : "",
                words: $0.evidence.first?.text ?? "")
        }
        let rejected = reply.rejected.map {
            Found(
                code: $0.code, score: $0.score, isSaid: $0.reason == "denied" || $0.reason == "relative",
                reason: $0.reason, words: $0.evidence?.text ?? "")
        }
        var seen: Set<String> = []
        return (suggested + rejected).sorted { ($1.score, $0.code) < ($0.score, $1.code) }
            .filter { seen.insert($0.code).inserted }
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
