import ArgumentParser
import Contracts
import Foundation
import RPC

/// `codingahead knowledge add`: a document, in the place of the one with its name.
struct KnowledgeAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a document: Markdown, text, HTML or PDF.",
        discussion: "A document of the same name is replaced, whole or not at all. At most 64 MiB.")

    @Argument(help: "The file.")
    var file: String

    @Option(help: "What it is called among the documents; without it the file's name.")
    var name: String?

    @Option(help: "What readers see as its title; without it the name.")
    var title = ""

    @Option(help: "ncci-manual, markdown, text, html or pdf; without it by the file's ending.")
    var format: String?

    @Option(help: "The edition, e.g. 2026.")
    var edition = ""

    @Option(help: ArgumentHelp("The first day on which it applies.", valueName: "YYYY-MM-DD"))
    var effective = ""

    @Option(help: "The rights line that readers see with its passages.")
    var rights = ""

    /// The server takes at most 1 MiB a part.
    private static let partBytes = 512 * 1024

    func run() async throws {
        let url = URL(fileURLWithPath: file)
        let data: Data
        do { data = try Data(contentsOf: url) } catch {
            throw ValidationError("\(file) cannot be read.")
        }
        let kind = format ?? Self.format(of: url.pathExtension)
        let plain = url.deletingPathExtension().lastPathComponent.map { character in
            character.isASCII && (character.isLetter || character.isNumber) ? character : "-"
        }
        let document = KnowledgeAPI.Document(
            name: name ?? String(String(plain).prefix(64)), title: title, format: kind, edition: edition,
            effectiveDate: effective, rights: rights, file: url.lastPathComponent)
        try await AssistantLink.with { channel, options throws(ServiceError) in
            let call = KnowledgeAPI.Client(channel).addDocument(options: options)
            try await call.send(KnowledgeAPI.DocumentPart(about: document))
            for start in stride(from: 0, to: data.count, by: Self.partBytes) {
                let part = data[
                    (data.startIndex + start)..<min(data.endIndex, data.startIndex + start + Self.partBytes)]
                try await call.send(KnowledgeAPI.DocumentPart(bytes: Array(part)))
            }
            let added = try await call.finish()
            Output.say("\(added.name): \(added.passages) passages")
        }
    }

    private static func format(of ending: String) -> String {
        switch ending.lowercased() {
        case "md", "markdown": "markdown"
        case "html", "htm": "html"
        case "pdf": "pdf"
        default: "text"
        }
    }
}
