import ArgumentParser
import Foundation
import Lookup

/// `codingahead data pull`: lays every file of the sources list into the data folder, each checked against its SHA-256.
struct DataPullCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull",
        abstract: "Get the files that Lookup imports.",
        discussion: """
            Looks, in this order, in the folder given with --from, in ../shared/data, in packages, and at the official \
            download that the list of sources names. Files that are there already are left alone; a pull that was \
            stopped goes on where it was.
            """)

    @OptionGroup var options: DataOptions

    @Option(name: .long, help: ArgumentHelp("A folder of downloads to take files from.", valueName: "DIR"))
    var from: String?

    func validate() throws {
        var isFolder: ObjCBool = false
        guard let from else { return }
        guard FileManager.default.fileExists(atPath: from, isDirectory: &isFolder), isFolder.boolValue else {
            throw ValidationError("\(from) is not a folder.")
        }
    }

    func run() async throws {
        let list = try options.sources()
        var output = ProgressOutput()
        let pull = DataPull(dataFolder: options.folder, from: from, list: list)
        let outcomes = try pull.run { step in output.show(step) }
        output.finish()
        let absent = outcomes.filter { $0.result == .absent }
        let failed = outcomes.filter { $0.failure != nil }
        for outcome in absent {
            print("  not found: \(outcome.file.file). An operator gets it from: \(outcome.file.from).")
        }
        for outcome in failed { print("  failed: \(outcome.file.file): \(outcome.failure ?? "")") }
        let there = outcomes.count - absent.count - failed.count
        print("\(there) of \(outcomes.count) files in \(options.folder)/sources.")
        if !failed.isEmpty { throw ExitCode.failure }
    }
}
