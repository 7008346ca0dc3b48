import Calendar
import Contracts
import Foundation
import Jobs
import RPC
import Support

/// A morning of digests: 50 000 saved searches and 500 postings of a day, at once, and with the process killed again and
/// again on the way; then every account has exactly one digest.
enum DigestFigures {
    private static let searches = 50_000
    private static let accounts = 20_000
    private static let postings: UInt32 = 500
    /// Tuesday, 2026-11-24, noon; the searches are due since eleven.
    private static let now = UTCInstant(startOf: CalendarDate("2026-11-24")!).adding(seconds: 12 * 3_600)

    static func run() async throws {
        try await BenchDesk.withFolder { folder in
            try await prepare(folder)
            let desk = try await BenchDesk(folder: folder, now: now)
            var written = 0
            let took = try await ContinuousClock().measure { written = try await Digests(desk.handler).run() }
            print(
                "digest run, \(searches) saved searches of \(accounts) accounts, \(postings) new postings: \(took), \(written) digests"
            )
            try desk.store.close()
        }
        try await BenchDesk.withFolder { folder in
            try await prepare(folder)
            let kills = try await runWithKills(folder)
            let desk = try await BenchDesk(folder: folder, now: now)
            let count = try desk.store.letterCounts(of: "digest")
            let rest = try await Digests(desk.handler).run()
            print(
                "after \(kills) times kill -9: \(count.letters) digests of \(count.recipients) accounts, "
                    + "\(rest) were missing; exactly once: \(count.letters == count.recipients && rest == 0)")
            try desk.store.close()
        }
    }

    /// The child that is killed: waits for nothing, and looks at what is due.
    static func runOnce(folder: String) async throws {
        let desk = try await BenchDesk(folder: folder, now: now)
        // At once, past the buffer that a pipe gets: the parent waits for it before it kills.
        FileHandle.standardOutput.write(Data("started\n".utf8))
        _ = try await Digests(desk.handler).run()
        try desk.store.close()
    }

    private static func runWithKills(_ folder: String) async throws -> Int {
        var chance = SeededGenerator(seed: 3)
        var kills = 0
        while true {
            let child = Process()
            child.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
            child.arguments = ["digest-run", folder]
            let output = Pipe()
            child.standardOutput = output
            try child.run()
            // Let it begin, then a moment of its work: an act for a thousand searches takes most of a second.
            _ = output.fileHandleForReading.availableData
            try await Task.sleep(for: .milliseconds(Int.random(in: 100...4_000, using: &chance)))
            if !child.isRunning {
                guard child.terminationStatus == 0 else { throw CocoaError(.featureUnsupported) }
                return kills
            }
            kill(child.processIdentifier, SIGKILL)
            child.waitUntilExit()
            kills += 1
        }
    }

    private static func prepare(_ folder: String) async throws {
        // Saved the day before, so that all of the day's postings are new.
        let before = now.adding(seconds: -86_400)
        let desk = try await BenchDesk(folder: folder, now: now)
        try await desk.makeSample(postings, seed: 2)
        try await desk.store.publishSample(between: before.adding(seconds: 3_600), and: now.adding(seconds: -3_600))
        var chance = SeededGenerator(seed: 9)
        let queries = [
            "required=CPC", "required=CCS&workplace=remote", "q=auditor", "q=risk adjustment&required=CPC", "state=TX",
            "specialty=cardiology", "apprentices=yes", "salary=60000&workplace=remote", "q=submarine",
            "employment=part_time",
            "specialty=urology&state=FL", "workplace=onsite&state=OH",
        ]
        var made = 0
        while made < searches {
            let batch = (made..<min(made + 1_000, searches)).map { number in
                SavedSearch(
                    id: "s\(number)", account: "a\(number % accounts)", name: "Search \(number % 7)",
                    query: queries.randomElement(using: &chance)!, rhythm: number % 10 == 0 ? .weekly : .daily,
                    createdAt: before, seenThrough: before)
            }
            try await desk.store.keep(batch, dueAt: now.adding(seconds: -3_600))
            made += batch.count
        }
        try desk.store.close()
    }
}
