/// Where a text comes from: an edition, with the text's own rights line where it has one.
package struct PageSource: Sendable, Equatable {
    package var edition: EditionRecord
    package var rights: String

    /// - Parameter rights: empty: those of the edition.
    package init(_ edition: EditionRecord, rights: String = "") {
        self.edition = edition
        self.rights = rights.isEmpty ? edition.rights : rights
    }
}

/// A statement of a block.
package struct PageParagraph: Sendable, Equatable {
    /// What kind of statement it is; empty for running text.
    package var label: String
    package var text: String
    /// The heading that it stands at; empty when it stands at the code itself.
    package var inheritedFrom: String
    /// Set when it comes from another source than its block.
    package var source: PageSource?

    package init(_ text: String, label: String = "", inheritedFrom: String = "", source: PageSource? = nil) {
        self.label = label
        self.text = text
        self.inheritedFrom = inheritedFrom
        self.source = source
    }
}

/// One block of a code page.
package struct PageBlock: Sendable, Equatable {
    package enum State: String, Sendable {
        /// The paragraphs are there.
        case open
        /// The reader's plan does not hold the block: nothing of it has been read.
        case locked
        /// No loaded edition has anything to say; the one paragraph says which was looked at.
        case empty
    }

    package var kind: BlockKind
    package var state: State
    package var paragraphs: [PageParagraph]
    package var source: PageSource?

    /// A block that holds nothing of its text.
    package static func locked(_ kind: BlockKind) -> PageBlock {
        PageBlock(kind: kind, state: .locked, paragraphs: [], source: nil)
    }

    /// An open block, or an empty one that names the edition when there are no paragraphs.
    package static func open(_ kind: BlockKind, _ paragraphs: [PageParagraph], _ source: PageSource) -> PageBlock {
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
package struct CodePage: Sendable, Equatable {
    package var system: CodeSystem
    package var listing: Listing
    package var status: CodeStatus
    package var blocks: [PageBlock]
    /// From the top of the set down to the direct parent.
    package var parents: [Listing]
    package var neighbours: [Listing]
    package var children: [Listing]
    package var source: PageSource
    package var notice: String
}
