/// A note taken apart: clauses of words, each with the section that it stands in.
///
/// Clauses end at `. ; : ? !`, at line ends and before words such as "but". A short run of words at the start of a line that a
/// colon ends is a heading; what it says of family or history holds until the next heading.
struct CaseText: Sendable {
    enum Section: Sendable, Equatable {
        case present, history, family
    }

    struct Clause: Sendable {
        var words: [Words.Word]
        var section: Section
        /// The places of words before which a comma or bracket stands.
        var breaks: Set<Int> = []
    }

    private(set) var clauses: [Clause] = []

    /// Longer than any heading of a note.
    private static let longestHeading = 6
    private static let turns: Set<String> = ["but", "however", "although", "except", "nevertheless", "whereas"]

    init(_ text: String) {
        let scalars = Array(text.unicodeScalars)
        var section = Section.present
        var open: [Words.Word] = []
        var breaks: Set<Int> = []
        var startsLine = true
        var end = 0
        func close(_ clauses: inout [Clause]) {
            if !open.isEmpty { clauses.append(Clause(words: open, section: section, breaks: breaks)) }
            open = []
            breaks = []
        }
        for word in Words.words(of: text) {
            let between = scalars[end..<word.start]
            if between.contains(":"), startsLine, open.count <= Self.longestHeading, !open.isEmpty {
                section = Self.section(headed: open)
                open = []
                breaks = []
                startsLine = between.contains("\n")
            } else if between.contains(where: Self.ends) || Self.turns.contains(word.folded) {
                close(&clauses)
                startsLine = between.contains("\n")
                // An empty line ends what a heading of history began only when another heading follows.
            }
            if between.contains(where: Self.breaks) { breaks.insert(open.count) }
            open.append(word)
            end = word.end
        }
        close(&clauses)
    }

    private static func ends(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case ".", ";", ":", "?", "!", "\n", "\r": true
        default: false
        }
    }

    private static func breaks(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case ",", "(", ")", "[", "]", "/": true
        default: false
        }
    }

    private static func section(headed words: [Words.Word]) -> Section {
        let heading = Set(words.map(\.folded))
        if heading.contains("family") { return .family }
        let past: Set = ["past", "history", "pmh", "psh", "antecedents", "previous", "hx"]
        // "History of present illness" is the present.
        return heading.isDisjoint(with: past) || heading.contains("present") || heading.contains("presenting")
            ? .present : .history
    }
}
