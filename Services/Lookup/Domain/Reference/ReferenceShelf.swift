/// The loaded reference files, and which of them answer for a day.
struct ReferenceShelf: Sendable, Equatable {
    /// In the order of import.
    let all: [LoadedReference]
    private let byKind: [ReferenceKind: [LoadedReference]]

    init(_ references: [LoadedReference]) {
        all = references
        byKind = Dictionary(grouping: references, by: \.record.kind)
    }

    /// Every file of a kind, in the order of import.
    func files(of kind: ReferenceKind) -> [LoadedReference] { byKind[kind] ?? [] }

    /// The files that answer for a day: those of the newest release that speaks of it. A release in several parts has one
    /// effective day and answers with all of them. Empty when none speaks of the day; another is never put in its place.
    func files(of kind: ReferenceKind, on day: Day) -> [LoadedReference] {
        let speaking = files(of: kind).filter { $0.record.speaks(of: day) }
        guard let newest = speaking.map(\.record.effective).max() else { return [] }
        return speaking.filter { $0.record.effective == newest }
    }

    /// Why there is no file of a kind for a day, in a sentence.
    func absence(of kind: ReferenceKind, on day: Day) -> String {
        let loaded = files(of: kind).map(\.record.label)
        if loaded.isEmpty { return "No file of the \(kind.name) is loaded." }
        return "No loaded file of the \(kind.name) speaks of \(day). Loaded: \(loaded.joined(separator: "; "))."
    }
}
