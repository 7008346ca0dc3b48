/// Where the references of the Alphabetic Index lead ("see Dependence, drug, nicotine").
///
/// References name an entry in other words than the entry itself has: in the plural, without its NEC, its other forms or its
/// nonessential modifiers, with parts in another order. They are met by words: an entry is meant when its main term begins
/// with the reference's first word, all words of the reference stand in it, and it has no essential word that the reference
/// lacks. Of several the one with the fewest levels and words is meant, the first of those.
struct IndexReferences {
    private struct Target {
        /// Words before the first comma of each level.
        var essential: Set<String>
        var all: Set<String>
        var levels: Int
        var code: String

        func isPlainer(than other: Target) -> Bool { (levels, all.count) < (other.levels, other.all.count) }
    }

    /// By the first word of the main term.
    private var targets: [String: [Target]] = [:]

    /// Words that references and entries have or lack without a difference.
    private static let unsaid = Set(
        [
            "nec", "nos", "specified", "type", "site", "of", "the", "a", "an", "and", "or", "with", "due", "to", "in",
            "as",
        ])

    /// - Parameters:
    ///   - path: the main term and the terms below it.
    ///   - code: as the index writes it.
    mutating func add(_ path: [String], code: String) {
        let levels = path.map(Self.words)
        guard let first = levels.first?.first else { return }
        let essential = path.map { Self.words(String($0.prefix { $0 != "," })) }
        targets[first, default: []].append(
            Target(
                essential: Set(essential.joined()), all: Set(levels.joined()), levels: path.count, code: code))
    }

    /// The code of the entry that a reference means; nil when it names none ("see condition", "by site" of many).
    func code(of reference: String) -> String? {
        let parts = reference.split(separator: ",").map { $0.drop { $0 == " " } }
            .map { part in
                part.hasPrefix("by ") ? "" : part.firstRange(of: " by ").map { part[..<$0.lowerBound] } ?? part
            }
        let words = parts.flatMap { Self.words(String($0)) }
        guard let first = words.first else { return nil }
        let asked = Set(words)
        var best: Target?
        for target in targets[first] ?? []
        where target.essential.isSubset(of: asked) && asked.isSubset(of: target.all) {
            if let known = best, !target.isPlainer(than: known) { continue }
            best = target
        }
        return best?.code
    }

    /// Lower case, singular, without what stands in brackets.
    private static func words(_ term: String) -> [String] {
        var text = ""
        var depth = 0
        for character in term {
            if character == "(" {
                depth += 1
            } else if character == ")" {
                depth -= 1
            } else if depth == 0 {
                text.append(character)
            }
        }
        return Words.words(of: text).map(\.folded).filter { !unsaid.contains($0) }
            .map { $0.utf8.count > 4 && $0.hasSuffix("s") && !$0.hasSuffix("ss") ? String($0.dropLast()) : $0 }
    }
}
