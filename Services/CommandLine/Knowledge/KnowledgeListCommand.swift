import ArgumentParser
import Contracts
import RPC

/// `codingahead knowledge list`: the documents, and the known ones that are not loaded.
struct KnowledgeListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the documents.")

    func run() async throws {
        try await AssistantLink.with { channel, options throws(ServiceError) in
            let reply = try await KnowledgeAPI.Client(channel).listDocuments(
                KnowledgeAPI.ListDocumentsRequest(), options: options)
            let rows = reply.documents.map { document in
                [
                    document.name, document.title, document.format, document.edition, "\(document.passages)",
                    document.addedAt,
                ]
            }
            Output.say(Output.table([["NAME", "TITLE", "FORMAT", "EDITION", "PASSAGES", "ADDED"]] + rows))
            for file in reply.missing {
                Output.say("not loaded: \(file) (codingahead data pull, then start Assistant again)")
            }
        }
    }
}
