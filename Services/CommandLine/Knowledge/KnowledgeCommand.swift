import ArgumentParser

/// `codingahead knowledge`: the documents that CasePilot answers from, through calls to the running Assistant.
struct KnowledgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "knowledge",
        abstract: "Add, list, search and remove the documents that CasePilot answers from.",
        discussion: """
            Documents that `codingahead data pull` brings are taken in when Assistant starts; these commands are for your own.
            Exit codes: 0 done, 1 refused, 64 wrong arguments, 78 wrong settings.
            """,
        subcommands: [
            KnowledgeAddCommand.self, KnowledgeListCommand.self, KnowledgeRemoveCommand.self,
            KnowledgeSearchCommand.self,
        ])
}
