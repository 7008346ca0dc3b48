/// How a clause speaks of what stands at some of its words: said, denied, of the past, of a relative.
///
/// A trigger before the words holds for the next few; a few triggers behind them hold too ("… was ruled out").
struct CaseContext: Sendable, Equatable {
    var denied = false
    var historical = false
    var ofFamily = false

    /// As far as a denial reaches: "no fever, chills or cough".
    private static let reach = 6
    private static let historyReach = 5
    private static let denials: [[String]] = [
        ["no"], ["not"], ["without"], ["denies"], ["denied"], ["denying"], ["never"], ["neither"], ["nor"],
        ["absence", "of"], ["free", "of"], ["negative", "for"], ["ruled", "out"], ["rule", "out"], ["rules", "out"],
        ["excluded"], ["excluding"], ["discarded"], ["discarding"],
    ]
    /// "Not only", "no change", "cannot be ruled out": no denials of what follows.
    private static let falseDenials: [[String]] = [
        ["no", "change"], ["no", "increase"], ["not", "only"], ["without", "change"], ["not", "necessarily"],
        ["cannot", "be"], ["not", "ruled", "out"], ["not", "be", "ruled", "out"],
    ]
    private static let denialsBehind: [[String]] = [
        ["was", "ruled", "out"], ["were", "ruled", "out"], ["is", "ruled", "out"], ["ruled", "out"],
        ["was", "excluded"], ["were", "excluded"], ["was", "discarded"], ["was", "negative"], ["were", "negative"],
        ["negative"], ["was", "absent"], ["were", "absent"], ["not", "present"], ["was", "denied"],
    ]
    private static let past: [[String]] = [
        ["history", "of"], ["personal", "history"], ["past"], ["previous"], ["previously"], ["antecedent", "of"],
        ["antecedents", "of"], ["status", "post"], ["s", "p"], ["hx", "of"], ["prior"], ["former"],
    ]
    private static let relatives: Set<String> = [
        "mother", "father", "brother", "sister", "brothers", "sisters", "uncle", "aunt", "cousin", "grandmother",
        "grandfather", "parents", "sibling", "siblings", "son", "daughter", "maternal", "paternal", "relatives",
    ]

    /// - Parameters:
    ///   - clause: all its words.
    ///   - first: the first of the words that are spoken of.
    ///   - last: the last of them.
    init(_ clause: CaseText.Clause, from first: Int, through last: Int) {
        let words = clause.words.map(\.folded)
        historical = clause.section == .history
        ofFamily = clause.section == .family
        denied = Self.isDenied(words, first) || Self.isAny(Self.denialsBehind, of: words, at: last + 1)
        for place in max(0, first - Self.historyReach)..<max(first, 0) where Self.isAny(Self.past, of: words, at: place)
        {
            historical = true
        }
        let before = words[0..<first]
        if before.contains(where: Self.relatives.contains) || Self.saysFamilyHistory(Array(before)) { ofFamily = true }
    }

    private static func isDenied(_ words: [String], _ first: Int) -> Bool {
        for place in stride(from: first - 1, through: max(0, first - reach - 2), by: -1) {
            guard let trigger = denials.first(where: { matches($0, words, place) }) else { continue }
            if isAny(falseDenials, of: words, at: place) || place > 0 && isAny(falseDenials, of: words, at: place - 1) {
                return false
            }
            return first - (place + trigger.count) <= reach && place + trigger.count <= first
        }
        return false
    }

    private static func saysFamilyHistory(_ words: [String]) -> Bool {
        zip(words, words.dropFirst()).contains { $0 == "family" && ($1 == "history" || $1 == "hx") }
    }

    private static func isAny(_ patterns: [[String]], of words: [String], at place: Int) -> Bool {
        patterns.contains { matches($0, words, place) }
    }

    private static func matches(_ pattern: [String], _ words: [String], _ place: Int) -> Bool {
        place >= 0 && place + pattern.count <= words.count
            && words[place..<place + pattern.count].elementsEqual(pattern)
    }
}
