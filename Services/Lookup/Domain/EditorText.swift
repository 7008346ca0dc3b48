/// One version of a text that an editor wrote for a block of a code's page, in Markdown. The newest version counts; an
/// empty one gives the place back to the composed text.
struct EditorText: Sendable, Equatable {
    var system: CodeSystem
    /// Canonical form.
    var code: String
    var block: BlockKind
    /// From 1, per code and block.
    var version: Int
    var markdown: String
    /// Who wrote it, as the caller was named.
    var author: String
    /// Seconds since 1970.
    var createdAt: Int64
    /// The version whose words it brought back; nil for new words.
    var restoredFrom: Int?

    /// The blocks that editors may write; the others hold what files say.
    static let blocks: [BlockKind] = [.common, .clinical, .procedure, .guidelines]
    /// Ten printed pages; no block should be longer.
    static let longestBytes = 20_000

    /// The paragraphs of the text: what blank lines part.
    var paragraphs: [String] {
        var paragraphs: [String] = []
        var lines: [Substring] = []
        for line in markdown.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if line.allSatisfy(\.isWhitespace) {
                if !lines.isEmpty { paragraphs.append(lines.joined(separator: "\n")) }
                lines = []
            } else {
                lines.append(line)
            }
        }
        if !lines.isEmpty { paragraphs.append(lines.joined(separator: "\n")) }
        return paragraphs
    }

    /// What a reader is told of where it comes from.
    var source: PageSource {
        PageSource(
            EditionRecord(
                system: system, sourceName: "Operator's text", file: "", edition: "version \(version)",
                effective: UTCTime(secondsSince1970: createdAt).date, end: nil, sha256: "",
                rights: "© The operator of this site."))
    }
}
