import ArgumentParser

/// `codingahead jobs`: what an operator does with CareerCenter.
struct JobsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs", abstract: "Fill CareerCenter with a sample board, or empty it.",
        subcommands: [JobsDemoCommand.self])
}
