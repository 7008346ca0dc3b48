import ArgumentParser
import Contracts
import RPC

/// `codingahead knowledge remove`: a document with all its passages.
struct KnowledgeRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Remove a document.")

    @Argument(help: "Its name.")
    var name: String

    func run() async throws {
        let request = KnowledgeAPI.RemoveDocumentRequest(name: name)
        try await AssistantLink.with { channel, options throws(ServiceError) in
            let reply = try await KnowledgeAPI.Client(channel).removeDocument(request, options: options)
            Output.say("\(request.name): \(reply.passages) passages removed")
        }
    }
}
