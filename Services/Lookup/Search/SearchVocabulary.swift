/// What people write and the words that the sets use for it: runs of one to four stems, and what may stand in their place.
struct SearchVocabulary: Sendable {
    /// The longest run that is looked up.
    static let longestRun = 4

    private let keys: StringTable
    private let values: StringTable

    init(keys: StringTable, values: StringTable) {
        self.keys = keys
        self.values = values
    }

    /// What may stand in the place of a run; each is a list of stems. Empty when nothing may.
    func alternatives(to run: some Collection<String>) -> [[String]] {
        guard let place = keys.find(Array(run.joined(separator: " ").utf8)), place < values.count else { return [] }
        return values[place].split(separator: UInt8(ascii: "|")).map { part in
            part.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
        }
    }

    /// Reads the lines of `search-vocabulary.txt`: `written = said | said otherwise`, `#` begins a comment.
    ///
    /// - Returns: by the stems of what is written, the stems of what may stand in its place.
    static func parse(_ text: String) -> [String: [[String]]] {
        var entries: [String: [[String]]] = [:]
        for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
            let sides = line.split(separator: "=", maxSplits: 1)
            guard sides.count == 2 else { continue }
            let key = stems(sides[0])
            guard !key.isEmpty, key.count <= longestRun else { continue }
            for part in sides[1].split(separator: "|") {
                let said = stems(part)
                if !said.isEmpty, said != key { entries[key.joined(separator: " "), default: []].append(said) }
            }
        }
        return entries
    }

    private static func stems(_ text: Substring) -> [String] {
        Words.words(of: String(text)).map(\.stem).filter { !GenericWords.fillers.contains($0) }
    }
}
