import Contracts

/// A block of a code page. Only an open block has text: what is locked is not here to be rendered.
struct BlockView: Sendable {
    struct ParagraphView: Sendable {
        let label: String
        let hasLabel: Bool
        /// The paragraph before has the same label, which is then not shown again.
        let repeatsLabel: Bool
        let parts: [TextPart]
        let inheritedFrom: String
        let isInherited: Bool
        /// Set when the paragraph comes from another file than its block, on the last of several in a row.
        let ownSource: SourceView?
    }

    let kind: String
    let heading: String
    let state: String
    let isOpen: Bool
    let isLocked: Bool
    let isEmpty: Bool
    let lockedText: String
    let paragraphs: [ParagraphView]
    /// When the code was added, reworded and deleted, when that makes more than one moment.
    let timeline: HistoryTimeline?
    /// Nothing to say, and no sentence of Lookup's about it.
    let isSilent: Bool
    let silence: String
    let blockSource: SourceView?
    /// The rights as a line of their own, for descriptions; otherwise in the footer.
    let showsRights: Bool
    let footsRights: Bool

    /// - Parameters:
    ///   - openBlocks: the kinds that this reader's plan opens; text of any other kind is dropped here once more.
    ///   - pageSource: stands for a block that names no source of its own.
    init(_ block: LookupAPI.Block, openBlocks: Set<String>, isGuest: Bool, pageSource: CommonAPI.Source?) {
        kind = block.kind
        heading = BlockKind(rawValue: block.kind)?.heading ?? block.kind
        let mayOpen = openBlocks.contains(block.kind)
        isOpen = block.state == "open" && mayOpen
        isEmpty = block.state == "empty"
        isLocked = !isOpen && !isEmpty
        state = isOpen ? "open" : isEmpty ? "empty" : "locked"
        paragraphs =
            isLocked
            ? []
            : block.paragraphs.enumerated().map { index, paragraph in
                ParagraphView(
                    label: paragraph.label, hasLabel: !paragraph.label.isEmpty,
                    repeatsLabel: index > 0 && block.paragraphs[index - 1].label == paragraph.label,
                    parts: TextPart.parts(of: paragraph.text, marks: paragraph.marks),
                    inheritedFrom: paragraph.inheritedFrom, isInherited: !paragraph.inheritedFrom.isEmpty,
                    ownSource: Self.isLastOfItsSource(index, in: block.paragraphs)
                        ? paragraph.source.map(SourceView.init) : nil)
            }
        lockedText =
            isGuest
            ? "Register to view content — create a free account to unlock this content"
            : "Your plan does not hold this block"
        timeline =
            kind == BlockKind.history.rawValue && !isLocked
            ? HistoryTimeline(block.paragraphs, shownOn: pageSource?.effectiveDate ?? "") : nil
        isSilent = !isLocked && paragraphs.isEmpty
        let source = (block.source ?? pageSource).map(SourceView.init)
        silence =
            source.map { source in
                let edition = source.hasEdition ? ", \(source.edition)," : ""
                return "\(source.name)\(edition) says nothing here about this code."
            }
            ?? "No loaded edition says anything here about this code."
        blockSource = source
        let isDescription = BlockKind(rawValue: block.kind)?.isDescription == true
        let hasRights = isOpen && source?.hasRights == true
        showsRights = hasRights && isDescription
        footsRights = hasRights && !isDescription
    }

    private static func isLastOfItsSource(_ index: Int, in paragraphs: [LookupAPI.Paragraph]) -> Bool {
        index + 1 == paragraphs.count || paragraphs[index + 1].source != paragraphs[index].source
    }
}
