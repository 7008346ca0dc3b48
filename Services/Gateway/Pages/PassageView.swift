import Contracts

/// A passage that answers cite, as `passage.mustache` takes it.
struct PassageView: Sendable {
    let title: String
    let lines: [String]
    let source: SourceView?
    let rights: String

    init(_ citation: AssistantAPI.Citation) {
        title = citation.title
        lines = citation.passage.split(separator: "\n").map(String.init)
        source = citation.source.map(SourceView.init)
        rights = citation.source?.rights ?? ""
    }
}
