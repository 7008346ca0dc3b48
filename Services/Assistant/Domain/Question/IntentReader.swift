/// Reads from the words of a question what it wants to know.
struct IntentReader {
    /// Lower-case words with one blank around each, so that " fee " is found and "feet" is not.
    private let padded: String

    /// - Parameter padded: see `QuestionReader.padded`.
    init(_ padded: String) {
        self.padded = padded
    }

    /// All that is asked, the most particular first. Never empty.
    /// - Parameters:
    ///   - codes: how many codes are named.
    ///   - hasModifier: a modifier is named.
    func intents(codes: Int, hasModifier: Bool) -> [Intent] {
        var intents: [Intent] = []
        for (intent, words) in Self.signs where says(words) { intents.append(intent) }
        if codes >= 2, says(Self.together), !intents.contains(.compare) { intents.insert(.edits, at: 0) }
        if codes >= 2, intents.isEmpty { intents = says(["or"]) ? [.compare] : [.explain] }
        if hasModifier, codes > 0, !intents.contains(.modifiers) { intents.append(.modifiers) }
        if codes < 2, let place = intents.firstIndex(of: .compare) { intents[place] = .policy }
        if codes > 0 { intents.removeAll { $0 == .search } }
        if intents.contains(where: { $0 != .explain && $0 != .policy }) { intents.removeAll { $0 == .explain } }
        if intents.isEmpty { intents = codes > 0 ? [.explain] : [.policy] }
        var seen: Set<Intent> = []
        return intents.filter { seen.insert($0).inserted }
    }

    /// Whether one of some words or phrases is said.
    func says(_ phrases: [String]) -> Bool { phrases.contains { padded.contains(" \($0) ") } }

    private static let together = [
        "together", "same day", "same date", "same claim", "same session", "same encounter", "with", "bundled",
        "bundle", "unbundle", "unbundled", "separately", "ncci", "ptp", "edit", "edits", "both", "and also", "pair",
        "column one", "column two", "column 1", "column 2", "conflict",
    ]

    private static let signs: [(Intent, [String])] = [
        (
            .crosswalk,
            [
                "crosswalk", "crosswalks", "icd 9", "icd9", "icd 9 cm", "gem", "gems", "map to", "maps to", "mapped",
                "mapping", "convert", "converts", "conversion", "equivalent", "ndc", "translate",
            ]
        ),
        (
            .units,
            [
                "mue", "mues", "medically unlikely", "how many units", "maximum units", "max units", "units per day",
                "units of service", "unit limit", "how many times",
            ]
        ),
        (.addOn, ["add on", "addon", "add ons", "primary code", "primary procedure code", "aoc"]),
        (
            .edits,
            [
                "ncci", "ptp", "bundled", "unbundle", "unbundled", "unbundling", "bundle", "billed together",
                "bill together", "reported together", "edit pair", "edit pairs", "procedure to procedure",
            ]
        ),
        (
            .compare,
            ["difference", "differences", "differ", "differs", "versus", "vs", "compare", "compared", "distinguish"]
        ),
        (.modifiers, ["modifier", "modifiers"]),
        (
            .fee,
            [
                "fee", "fees", "pay", "pays", "paid", "payment", "price", "priced", "reimburse", "reimbursed",
                "reimbursement", "rvu", "rvus", "allowed amount", "allowable", "cost", "how much", "payment rate",
            ]
        ),
        (
            .coverage,
            [
                "cover", "covers", "covered", "coverage", "lcd", "lcds", "ncd", "ncds", "medical necessity",
                "local coverage", "national coverage", "medically necessary",
            ]
        ),
        (
            .history,
            [
                "history", "when was", "when did", "added", "deleted", "retired", "replaced", "replaces", "replacement",
                "revised", "changed", "changes", "still valid", "valid", "became", "discontinued", "terminated",
                "new code", "expired", "still active", "still billable",
            ]
        ),
        (
            .guidelines,
            [
                "guideline", "guidelines", "excludes", "excludes1", "excludes2", "excludes 1", "excludes 2", "includes",
                "code first", "use additional", "instruction", "instructions", "instructional", "7th character",
                "seventh character", "sequence", "sequencing", "sequenced", "notes", "note at", "tabular note",
                "documentation",
                "principal diagnosis", "first listed",
            ]
        ),
        (
            .search,
            [
                "which code", "what code", "code for", "codes for", "which codes", "what codes", "how do i code",
                "how to code", "how would you code", "how should i code", "find a code", "find code", "find the code",
                "icd 10 for", "hcpcs for", "cpt for", "diagnosis for", "look up", "code a", "code an",
                "which diagnosis", "what is the icd 10", "what modifier code",
            ]
        ),
        (
            .explain,
            ["what is", "what s", "what are", "describe", "description", "explain", "mean", "means", "meaning"]
        ),
    ]
}
