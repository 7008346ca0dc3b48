import Foundation
import Lookup

/// Imports a generated release of practitioner pairs in the official layout and prints its time, the peak memory of the
/// process and the size of the snapshot: `Tests/Benchmarks/Lookup/run pairs-import [ROWS]`, 4.5 million unless given.
enum PairsImportBenchmark {
    static func run(_ arguments: [String]) throws {
        let wanted = arguments.first.flatMap(Int.init) ?? 4_500_000
        let folder = FileManager.default.temporaryDirectory.appending(path: "pairs-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer {
            do { try FileManager.default.removeItem(at: folder) } catch { print("left behind: \(folder.path)") }
        }
        let file = folder.appending(path: "ccipra.txt")
        let bytes = try generate(wanted, at: file)
        guard let first = Day("1996-01-01"), let last = Day("2026-06-30") else { return }
        let record = ReferenceRecord(
            kind: .pairsPractitioner, sourceName: "Generated pairs", file: "ccipra.txt", edition: "generated",
            effective: first, end: last, sha256: String(repeating: "0", count: 64), rights: "None")
        let start = ContinuousClock.now
        let before = try peakKiB()
        var kept = 0
        _ = try SnapshotStore(dataFolder: folder.path).importSnapshot { builder in
            kept = try builder.addReference(record) { writer in
                try PairEditsImporter(SourceStream(at: file.path, name: "ccipra.txt")).read(into: &writer)
            }.rowsKept
        }
        let duration = start.duration(to: .now)
        let snapshot =
            try FileManager.default.attributesOfItem(
                atPath: folder.path + "/lookup/snapshot-000001.sqlite")[.size] as? Int
        print("rows: \(kept), \(bytes >> 20) MiB of text, seconds: \(duration)")
        print(
            "peak memory: \(try peakKiB() >> 10) MiB (\(before >> 10) MiB before), snapshot: \((snapshot ?? 0) >> 20) MiB"
        )
    }

    /// Rows in the order of a release: 9 000 column-one codes, five hundred pairs each, a hundred windows.
    private static func generate(_ rows: Int, at file: URL) throws -> Int {
        var text = (1...6).map { "Header line \($0)\t\t\t\t\t\t\r\n" }.joined()
        var bytes = 0
        try Data().write(to: file)
        let handle = try FileHandle(forWritingTo: file)
        defer { handle.closeFile() }
        for row in 0..<rows {
            let first = String(10_000 + row / 500)
            let second = String(20_000 + row % 500 * 79 % 70_000)
            let year = 1996 + row % 30
            let month = ["0101", "0401", "0701", "1001"][row % 4]
            let end = row % 7 == 0 ? "\(year + 1)\(month)" : "*"
            text += "\(first)\t\(second)\t\t\(year)\(month)\t\(end)\t\(row % 2)\t"
            text += "Misuse of Column Two code with Column One code\r\n"
            if text.utf8.count > 1 << 20 {
                handle.write(Data(text.utf8))
                bytes += text.utf8.count
                text = ""
            }
        }
        handle.write(Data(text.utf8))
        return bytes + text.utf8.count
    }

    /// The kernel's high-water mark of this process.
    private static func peakKiB() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
        return line.split(whereSeparator: { $0 == " " || $0 == "\t" }).compactMap { Int($0) }.first ?? 0
    }
}
