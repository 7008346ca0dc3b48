/// A document of the knowledge base.
struct KnowledgeDocument: Sendable, Equatable {
    /// Names are parts of commands and addresses.
    static let longestName = 64

    /// Letters, digits, `-` and `_`.
    var name: String
    /// What readers see.
    var title: String
    var format: DocumentFormat
    var edition = ""
    /// YYYY-MM-DD; empty: not known.
    var effectiveDate = ""
    var rights = ""
    var file = ""
    var sha256 = ""
    /// Seconds since 1970.
    var addedAt: Int64 = 0
    var passages = 0

    /// Whether a text may be a document's name.
    static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= longestName
            && text.utf8.allSatisfy {
                ($0 >= 0x30 && $0 <= 0x39) || ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || $0 == 0x2D || $0 == 0x5F
            }
    }

    /// The passages of a text in a format; PDF is text by now.
    static func passages(of text: String, format: DocumentFormat, title: String) -> [Passage] {
        switch format {
        case .ncciManual: NCCIManual.passages(of: text)
        case .markdown, .text, .pdf: MarkdownDocument.passages(of: text, title: title)
        case .html: MarkdownDocument.passages(of: HTMLDocument.markdown(of: text), title: title)
        }
    }
}
