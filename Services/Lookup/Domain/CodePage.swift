/// Where a text comes from: an edition, with the text's own rights line where it has one.
struct PageSource: Sendable, Equatable {
    var edition: EditionRecord
    var rights: String

    /// - Parameter rights: empty: those of the edition.
    init(_ edition: EditionRecord, rights: String = "") {
        self.edition = edition
        self.rights = rights.isEmpty ? edition.rights : rights
    }
}

/// A part of a paragraph that was taken out or put in when a title was revised.
struct TextMark: Sendable, Equatable {
    enum Kind: String, Sendable {
        case removed, added
    }

    var kind: Kind
    /// Unicode scalars from the start of the paragraph's text.
    var range: Range<Int>
}

/// A statement of a block.
struct PageParagraph: Sendable, Equatable {
    /// What kind of statement it is; empty for running text.
    var label: String
    var text: String
    /// The heading that it stands at; empty when it stands at the code itself.
    var inheritedFrom: String
    /// Set when it comes from another source than its block.
    var source: PageSource?
    /// What a revision took out and put in; empty for other statements.
    var marks: [TextMark]
    /// An editor's text, in Markdown.
    var isMarkdown: Bool

    init(
        _ text: String, label: String = "", inheritedFrom: String = "", source: PageSource? = nil,
        marks: [TextMark] = [], isMarkdown: Bool = false
    ) {
        self.label = label
        self.text = text
        self.inheritedFrom = inheritedFrom
        self.source = source
        self.marks = marks
        self.isMarkdown = isMarkdown
    }
}

/// One block of a code page.
struct PageBlock: Sendable, Equatable {
    enum State: String, Sendable {
        /// The paragraphs are there.
        case open
        /// The reader's plan does not hold the block: nothing of it has been read.
        case locked
        /// No loaded edition has anything to say; the one paragraph says which was looked at.
        case empty
    }

    var kind: BlockKind
    var state: State
    var paragraphs: [PageParagraph]
    var source: PageSource?

    /// A block that holds nothing of its text.
    static func locked(_ kind: BlockKind) -> PageBlock {
        PageBlock(kind: kind, state: .locked, paragraphs: [], source: nil)
    }

    /// An open block, or an empty one that names the edition when there are no paragraphs.
    static func open(_ kind: BlockKind, _ paragraphs: [PageParagraph], _ source: PageSource) -> PageBlock {
        guard paragraphs.isEmpty else {
            return PageBlock(kind: kind, state: .open, paragraphs: paragraphs, source: source)
        }
        let edition = source.edition
        let sentence =
            "\(edition.sourceName), \(edition.edition), in effect from \(edition.effective), "
            + "holds no \(kind.subject) for this code."
        return PageBlock(kind: kind, state: .empty, paragraphs: [PageParagraph(sentence)], source: source)
    }
}

/// A code page, with the text of the blocks that its reader may see.
struct CodePage: Sendable, Equatable {
    var system: CodeSystem
    var listing: Listing
    var status: CodeStatus
    var blocks: [PageBlock]
    /// From the top of the set down to the direct parent.
    var parents: [Listing]
    var neighbours: [Listing]
    var children: [Listing]
    var source: PageSource
    var notice: String
}
