import Storage

/// Finds pairs of codes that an Excludes1 note of either, or of a heading above it, says not to use together. What a note
/// names is read as on a claim (``NoteReferences``). Headings that several codes share are read once.
struct CaseConflicts {
    private let store: CodeStore
    private var known: [CodeID: [ExclusionNote]] = [:]

    init(_ store: CodeStore) { self.store = store }

    /// Each pair once, at the first of its codes that has a note.
    mutating func among(_ listings: [Listing]) throws -> [CaseConflict] {
        var conflicts: [CaseConflict] = []
        var seen: Set<Set<String>> = []
        for listing in listings {
            for level in [listing] + (try store.path(above: listing)) {
                for note in try exclusions(at: level) {
                    for other in listings where other.codeID != listing.codeID {
                        let key = CodeForm.key(other.code)
                        guard note.references.contains(where: { $0.names(key) }),
                            seen.insert([listing.code, other.code]).inserted
                        else { continue }
                        conflicts.append(
                            CaseConflict(
                                code: listing.code, other: other.code, note: note.text, standsAt: note.standsAt))
                    }
                }
            }
        }
        return conflicts
    }

    private mutating func exclusions(at level: Listing) throws -> [ExclusionNote] {
        if let notes = known[level.codeID] { return notes }
        let notes = try store.notes(level.codeID, level.code, in: level.edition).filter { $0.kind == .excludes1 }
            .map { ExclusionNote(standsAt: level.code, text: $0.text, references: NoteReferences.parse($0.text)) }
        known[level.codeID] = notes
        return notes
    }
}
