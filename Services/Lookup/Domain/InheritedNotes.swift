/// The notes of a code together with those of the headings above it, each with the level that it stands at.
struct InheritedNotes: Sendable {
    /// The code first, then its headings from the nearest to the top.
    var levels: [(listing: Listing, notes: [NoteRecord])]

    init(levels: [(listing: Listing, notes: [NoteRecord])]) {
        self.levels = levels
    }

    /// All notes, nearest first.
    var all: [NoteRecord] { levels.flatMap(\.notes) }

    /// The block "guidelines": what the set says of using the code, in the order in which a coder reads it.
    ///
    /// Of the 7th characters those of the nearest level that has any apply: a definition below replaces the one above.
    func guidelines() -> [PageParagraph] {
        var paragraphs: [PageParagraph] = []
        for kind in Self.order {
            for level in levels {
                let here = level.notes.filter { $0.kind == kind }
                paragraphs += here.map { paragraph($0, at: level.listing) }
                if !here.isEmpty, kind == .seventhCharacter { break }
            }
        }
        return paragraphs
    }

    /// The block "clinical": the names under which the code is known, and what the words of a procedure code mean.
    func clinical() -> [PageParagraph] {
        var paragraphs: [PageParagraph] = []
        for kind in [NoteRecord.Kind.inclusionTerm, .definition] {
            for level in levels {
                for note in level.notes where note.kind == kind && !ProcedureAxes.isOfAnAxis(note) {
                    paragraphs.append(paragraph(note, at: level.listing))
                }
            }
        }
        return paragraphs
    }

    private func paragraph(_ note: NoteRecord, at listing: Listing) -> PageParagraph {
        PageParagraph(
            Self.text(note), label: Self.label(note),
            inheritedFrom: listing.codeID == levels.first?.listing.codeID ? "" : listing.code)
    }

    /// The files write "code to identify …" after the heading "Use additional"; the label says "code" already.
    private static func text(_ note: NoteRecord) -> String {
        guard note.kind == .useAdditionalCode else { return note.text }
        for opening in ["code ", "code, "] where note.text.hasPrefix(opening) {
            return String(note.text.dropFirst(opening.count))
        }
        return note.text
    }

    private static let order: [NoteRecord.Kind] = [
        .includes, .excludes1, .excludes2, .codeFirst, .useAdditionalCode, .codeAlso, .notes, .seventhCharacterNote,
        .seventhCharacter,
    ]

    private static func label(_ note: NoteRecord) -> String {
        switch note.kind {
        case .includes: "Includes"
        case .inclusionTerm: "Inclusion term"
        case .excludes1: "Excludes1"
        case .excludes2: "Excludes2"
        case .codeFirst: "Code first"
        case .useAdditionalCode: "Use additional code"
        case .codeAlso: "Code also"
        case .notes: "Note"
        case .seventhCharacterNote: "7th character"
        case .seventhCharacter: note.label.isEmpty ? "7th character" : "7th character \(note.label)"
        case .axis, .definition, .edit: note.label
        }
    }
}
