import ArgumentParser
import Contracts
import RPC

/// `codingahead knowledge search`: the passages nearest to some words, as answers would find them.
struct KnowledgeSearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Show the passages nearest to some words.")

    @Argument(help: "The words, as a reader would ask.")
    var words: [String]

    @Option(help: "How many, 1 to 50.")
    var count: UInt32 = 5

    @Option(help: "Only this document.")
    var document = ""

    func run() async throws {
        let request = KnowledgeAPI.SearchPassagesRequest(
            q: words.joined(separator: " "), pageSize: count, document: document)
        try await AssistantLink.with { channel, options throws(ServiceError) in
            let reply = try await KnowledgeAPI.Client(channel).searchPassages(request, options: options)
            for passage in reply.passages {
                let place = passage.headings + (passage.page.isEmpty ? [] : ["page \(passage.page)"])
                Output.say("\(passage.document): \(place.joined(separator: ", "))")
                Output.say(passage.text)
                Output.say("")
            }
            if reply.passages.isEmpty { Output.say("no passage has these words") }
        }
    }
}
