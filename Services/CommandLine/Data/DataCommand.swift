package import ArgumentParser

/// `codingahead data`: gets the files of the code sets, imports them, and says what is loaded.
package struct DataCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "data",
        abstract: "Pull, import, list and verify the data of Lookup.",
        subcommands: [
            DataPullCommand.self, DataCPTCommand.self, DataImportCommand.self, DataAnnounceCommand.self,
            DataListCommand.self,
            DataShowCommand.self,
            DataVerifyCommand.self,
        ])

    /// Made by the argument parser.
    package init() {}
}
