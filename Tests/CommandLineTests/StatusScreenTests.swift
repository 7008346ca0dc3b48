import Contracts
import Foundation
import Testing

@testable import CommandLine

/// The picture that `codingahead status` draws.
@Suite struct StatusScreenTests {
    private static let rows = [
        ProgramFigures(name: "Lookup", reply: StatsAPI.StatsReply(program: "Lookup", uptimeUs: 5_000_000), last: nil),
        ProgramFigures(name: "Jobs", failure: "UNAVAILABLE"),
    ]
    private static let now = Date(timeIntervalSince1970: 1_700_000_000)

    @Test func `what is wrong comes first, then notes; what is well is not listed`() {
        let text = StatusScreen(isTerminal: false).text(
            Self.rows,
            findings: [.good("disk", "much free"), .notice("backup", "is old"), .bad("Jobs", "does not answer")],
            at: Self.now)
        let lines = text.split(separator: "\n").map(String.init)
        #expect(lines[0] == "2023-11-14T22:13:20Z  1 things are wrong, 1 notes.")
        #expect(lines[1].hasPrefix("program"))
        #expect(lines[2].hasPrefix("Lookup") && lines[3].contains("does not answer (UNAVAILABLE)"))
        #expect(lines[4].hasPrefix("FAIL") && lines[5].hasPrefix("note"))
        #expect(!text.contains("much free") && !text.contains("\u{1B}"))
    }

    @Test func `colours are for terminals`() {
        let text = StatusScreen(isTerminal: true).text(Self.rows, findings: [], at: Self.now)
        #expect(text.hasPrefix("\u{1B}[H\u{1B}[2J"))
        #expect(text.contains("The desk is well"))
        #expect(text.contains("\u{1B}[31mJobs"))
    }
}
