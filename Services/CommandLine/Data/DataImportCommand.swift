import ArgumentParser
import Foundation
import Lookup
import RPC
import Runtime

/// `codingahead data import`: builds a new snapshot of everything that is pulled and publishes it.
struct DataImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Build a new snapshot of the pulled files and publish it.",
        discussion: """
            The new snapshot is built beside the published one, verified, and takes its place in one step; a running \
            Lookup goes over to it by itself. One refused file refuses the import, and the published snapshot stays.
            """)

    @OptionGroup var options: DataOptions

    @Option(help: ArgumentHelp("How many refused rows to print per file.", valueName: "N"))
    var refusals = 3

    func run() async throws {
        let start = ContinuousClock.now
        let begun = Date.now.formatted(.iso8601)
        let work = DataImport(dataFolder: options.folder, list: try options.sources())
        let total = work.editions.count + work.references.count
        var output = ProgressOutput()
        var done = 0
        let editions = try work.run(
            willImport: { title in output.showRunning(.init(done: done, total: total, text: title)) },
            didImport: { outcome in
                done += 1
                for line in Self.lines(outcome, refusals: refusals) { output.line(line) }
            })
        output.finish()
        let codes = editions.reduce(0) { $0 + $1.codes }
        let seconds = start.duration(to: .now).formatted(.units(allowed: [.seconds], fractionalPart: .show(length: 1)))
        print(
            "Published \(editions.count) editions, \(codes) codes and headings, "
                + "\(total - editions.count) reference files, in \(seconds).")
        await announce(since: begun)
    }

    /// Tells whoever watches a code, when the desk runs. An import is done without it: the command can be given later.
    private func announce(since begun: String) async {
        do {
            let settings = try Settings.ofProcess()
            for line in try await EditionAnnouncement.make(settings: settings, servedSince: begun) { print(line) }
        } catch {
            let cause = (error as? ServiceError)?.message ?? "the settings are wrong"
            print("Nobody who watches a code was told (\(cause)); once the desk runs: codingahead data announce")
        }
    }

    private static func lines(_ outcome: DataImport.Outcome, refusals: Int) -> [String] {
        let report = outcome.report
        var lines = [
            outcome.title,
            "  rows: \(report.rowsRead) read, \(report.rowsKept) kept, \(report.rowsRefused) refused",
        ]
        for refusal in report.refusals.prefix(max(0, refusals)) {
            lines.append("  line \(refusal.line): \(refusal.reason)")
        }
        let more = max(report.rowsRefused, report.refusals.count) - min(max(0, refusals), report.refusals.count)
        if more > 0 { lines.append("  … and \(more) more") }
        return lines
    }
}
