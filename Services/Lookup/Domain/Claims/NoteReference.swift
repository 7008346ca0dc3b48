/// The codes that a note of the Tabular List names: one code, everything below a heading (`O24.4-`), a range
/// (`E08-E13`), each perhaps only with certain characters ("V01-V09 with 5th character 9").
struct NoteReference: Sendable, Equatable {
    /// Without dots; a code is meant when it begins with something from `low` to `high`.
    var low: String
    var high: String
    /// What a character must be, by its place from 1; empty: anything.
    var characters: [Int: Set<Character>] = [:]

    /// Whether a code is meant.
    /// - Parameter key: the code without its dot.
    func names(_ key: String) -> Bool {
        let start = key.prefix(low.utf8.count)
        guard start.utf8.count == low.utf8.count, start >= low, key.prefix(high.utf8.count) <= high else {
            return false
        }
        guard !characters.isEmpty else { return true }
        let letters = Array(key)
        return characters.allSatisfy { place, allowed in place <= letters.count && allowed.contains(letters[place - 1])
        }
    }
}
