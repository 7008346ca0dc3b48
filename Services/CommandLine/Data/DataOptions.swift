import ArgumentParser
import Foundation
import Lookup

/// The options that every `data` subcommand takes.
struct DataOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The data folder; else the environment variable CODINGAHEAD_DATA, else ./.data.", valueName: "DIR"))
    var data: String?

    /// The data folder, as an absolute path.
    var folder: String {
        let environment = ProcessInfo.processInfo.environment["CODINGAHEAD_DATA"]
        let path = data ?? environment.flatMap { $0.isEmpty ? nil : $0 } ?? ".data"
        return URL(fileURLWithPath: path).standardizedFileURL.path
    }

    /// The list of sources of the program and of the data folder.
    func sources() throws -> SourceList { try SourceList.load(dataFolder: folder) }
}
