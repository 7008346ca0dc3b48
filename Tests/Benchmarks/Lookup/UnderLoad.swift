import Contracts
import Foundation
import Lookup
import RPC
import Storage
import Support

/// What others take while something heavy happens in a running Lookup: a snapshot is published and swapped, or notes of the greatest
/// length are coded. `Tests/Benchmarks/Lookup/run swap|long-notes [DATA FOLDER] [LOOKUP ADDRESS:PORT] [LOOKUP'S PROCESS]`.
enum UnderLoad {
    private static let callers = 4
    private static let queries = [
        "diabetes", "fracture of femur", "heart failure", "E11.9", "pneumonia", "left knee pain",
    ]
    private static let codes = ["E11.9", "I10", "J18.9", "S72.001A"]

    /// Publishes what is served once more, under another number, while callers look up and search. The copy stands in for an
    /// import, whose cost is measured by itself.
    static func swap(_ arguments: [String]) async throws {
        let folder = arguments.first ?? ".data"
        let lookup = LookupAPI.Client(Client(to: address(arguments)))
        let before = try await lookup.listEditions(.init()).editionSet
        try await measure("a snapshot swaps", arguments) {
            try copyPublished(in: folder)
            let begun = ContinuousClock.now
            while try await lookup.listEditions(.init()).editionSet == before {
                guard ContinuousClock.now - begun < .seconds(60) else { throw Missed(what: "the swap") }
                try await Task.sleep(for: .milliseconds(50))
            }
            print("swapped \(ContinuousClock.now - begun) after it was published")
            // What comes behind it counts too: new connections, a cold index.
            try await Task.sleep(for: .seconds(3))
        }
    }

    /// Codes notes of 100 kB, two callers at a time, made of development cases and of what is worst for the scanner.
    static func longNotes(_ arguments: [String]) async throws {
        let lookup = LookupAPI.Client(Client(to: address(arguments)))
        let shared = arguments.count > 3 ? arguments[3] : "../shared/data"
        let cases = try CaseRelevance.notes(shared: shared).sorted { $0.key < $1.key }.map(\.value).joined(
            separator: "\n")
        let hundred = String(decoding: cases.utf8.prefix(99_000), as: UTF8.self)
        let notes: [(String, String)] = [
            ("100 kB of cases", hundred), ("100 kB without a full stop", hundred.replacing(".", with: " ")),
            ("one word 14 000 times", String(repeating: "fracture ", count: 11_000)),
            ("two words 7 000 times", String(repeating: "pain, chronic ", count: 7_000)),
        ]
        try await measure("nothing beside it", arguments) { try await Task.sleep(for: .seconds(4)) }
        for (name, note) in notes {
            try await measure(name, arguments) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<2 {
                        group.addTask {
                            for _ in 0..<4 {
                                let begun = ContinuousClock.now
                                _ = try await lookup.codeCase(.init(text: note, pageSize: 100))
                                print(
                                    "  a note took \((ContinuousClock.now - begun) / .milliseconds(1)) ms, waiting for others included"
                                )
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
        }
    }

    struct Missed: Error { let what: String }

    private static func address(_ arguments: [String]) -> String {
        arguments.count > 1 ? arguments[1] : "127.0.0.1:7101"
    }

    /// Runs `act` while callers look up and search, and prints what they took and how many calls failed.
    private static func measure(_ name: String, _ arguments: [String], _ act: () async throws -> Void) async throws {
        let target = address(arguments)
        let isOver = Shared(false)
        let tally = Shared((times: [Int64](), failed: 0))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<callers {
                group.addTask {
                    let channel = Client(to: target)
                    let lookup = LookupAPI.Client(channel)
                    var times: [Int64] = []
                    var failed = 0
                    var round = caller
                    while !isOver.current {
                        round += 1
                        let begun = DispatchTime.now().uptimeNanoseconds
                        do throws(ServiceError) {
                            if round.isMultiple(of: 4) {
                                _ = try await lookup.search(.init(q: queries[round / 4 % queries.count]))
                            } else {
                                _ = try await lookup.getCode(.init(system: "icd10cm", code: codes[round % codes.count]))
                            }
                            times.append(Int64(DispatchTime.now().uptimeNanoseconds - begun))
                        } catch {
                            failed += 1
                        }
                        // A steady load: a caller that never rests would measure only itself.
                        try await Task.sleep(for: .milliseconds(2))
                    }
                    await channel.close()
                    let (all, missed) = (times, failed)
                    tally.withLock {
                        $0.times += all
                        $0.failed += missed
                    }
                }
            }
            try await act()
            isOver.withLock { $0 = true }
            try await group.waitForAll()
        }
        let sorted = tally.current.times.sorted()
        guard !sorted.isEmpty else { throw Missed(what: "every call") }
        func millis(_ part: Double) -> Double { Double(sorted[Int(Double(sorted.count - 1) * part)]) / 1_000_000 }
        var line =
            "\(name): "
            + String(
                format: "%d calls, %d failed, p50 %.2f ms, p99 %.2f ms, max %.2f ms", sorted.count,
                tally.current.failed,
                millis(0.5), millis(0.99), millis(1))
        if arguments.count > 2, let process = Int(arguments[2]) { line += ", " + (try memory(of: process)) }
        print(line)
    }

    /// What of the process is in memory, and how much of that are mapped files, which the kernel takes back when it needs the room.
    private static func memory(of process: Int) throws -> String {
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        func mebibytes(_ field: String) -> Int {
            let line = status.split(separator: "\n").first { $0.hasPrefix(field + ":") } ?? ""
            return (line.split(whereSeparator: { $0 == " " || $0 == "\t" }).compactMap { Int($0) }.first ?? 0) >> 10
        }
        return
            "resident \(mebibytes("VmRSS")) MiB (mapped files \(mebibytes("RssFile"))), at most \(mebibytes("VmHWM"))"
    }

    /// Copies the published files to the next number and publishes them as an import does.
    private static func copyPublished(in folder: String) throws {
        let directory = SnapshotStore(dataFolder: folder).directory
        guard let pointer = try directory.current() else { throw Missed(what: "a published snapshot") }
        let started = try directory.beginImport()
        try FileManager.default.copyItem(atPath: directory.path + "/" + pointer.fileName, toPath: started.path)
        try FileManager.default.copyItem(
            atPath: directory.path + "/" + pointer.indexFileName, toPath: started.indexPath)
        _ = try started.publish { _ in }
    }
}
