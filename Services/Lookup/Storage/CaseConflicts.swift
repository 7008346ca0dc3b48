import Storage

/// Finds pairs of codes that an Excludes1 note of either, or of a heading above it, says not to use together.
struct CaseConflicts {
    private let store: CodeStore

    init(_ store: CodeStore) { self.store = store }

    func among(_ listings: [Listing]) throws -> [CaseConflict] {
        var conflicts: [CaseConflict] = []
        for listing in listings {
            for level in [listing] + (try store.path(above: listing)) {
                for note in try store.notes(level.codeID, level.code, in: level.edition) where note.kind == .excludes1 {
                    let excluded = Self.codes(in: note.text)
                    for other in listings where other.codeID != listing.codeID {
                        guard excluded.contains(where: { $0.covers(CodeForm.key(other.code)) }) else { continue }
                        conflicts.append(
                            CaseConflict(code: listing.code, other: other.code, note: note.text, standsAt: level.code))
                    }
                }
            }
        }
        return conflicts
    }

    /// A code, a heading or a range that a note names in brackets.
    struct Reference: Equatable {
        var low: String
        var high: String

        func covers(_ key: String) -> Bool {
            key.hasPrefix(low) || low <= key && (key <= high || key.hasPrefix(high))
        }
    }

    /// The codes of a note such as "type 1 diabetes mellitus (E10.-)" or "sepsis (A40-A41, B95.6)".
    static func codes(in note: String) -> [Reference] {
        var references: [Reference] = []
        for part in note.split(separator: "(").dropFirst() {
            for item in part.prefix(while: { $0 != ")" }).split(separator: ",") {
                let text = item.filter { $0 != " " && $0 != "." }
                let ends = text.split(separator: "-").map(String.init)
                guard let low = ends.first, isCode(low), ends.count <= 2, ends.allSatisfy(isCode) else { continue }
                references.append(Reference(low: low, high: ends.count == 2 ? ends[1] : low))
            }
        }
        return references
    }

    private static func isCode(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return (3...7).contains(bytes.count) && bytes[0] >= UInt8(ascii: "A") && bytes[0] <= UInt8(ascii: "Z")
            && SearchQuery.isDigit(bytes[1])
    }
}
