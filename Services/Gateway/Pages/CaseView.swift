import Contracts

/// The form for a note and what came of it, as `note.mustache` takes it.
struct CaseView: Sendable {
    /// A part of the note: plain, or words that speak for codes or were not taken.
    struct PartView: Sendable {
        let text: String
        let isEvidence: Bool
        let isRejected: Bool
        let isPlain: Bool
        /// The id of the marked words, which suggestions link to.
        let anchor: String
        let codes: String
    }

    struct EvidenceView: Sendable {
        let text: String
        let anchor: String
    }

    struct SuggestionView: Sendable {
        let code: String
        let path: String
        let title: String
        let evidence: [EvidenceView]
        let isHistorical: Bool
        let needsLaterality: Bool
        let needsSeventhCharacter: Bool
    }

    struct RejectionView: Sendable {
        let code: String
        let path: String
        let title: String
        let words: String
        let why: String
    }

    struct ConflictView: Sendable {
        let code: String
        let other: String
        let note: String
        let standsAt: String
    }

    let csrf: String
    let text: String
    let on: String
    let problem: String
    let hasProblem: Bool
    let hasResult: Bool
    let isEmpty: Bool
    let parts: [PartView]
    let suggestions: [SuggestionView]
    let hasSuggestions: Bool
    let rejections: [RejectionView]
    let hasRejections: Bool
    let conflicts: [ConflictView]
    let hasConflicts: Bool

    init(
        csrf: String, text: String = "", on: String = "", result: LookupAPI.CodeCaseReply? = nil, problem: String = ""
    ) {
        self.csrf = csrf
        self.text = text
        self.on = on
        self.problem = problem
        hasProblem = !problem.isEmpty
        hasResult = result != nil
        parts = result.map { Self.parts(of: text, $0) } ?? []
        suggestions = (result?.suggestions ?? []).map { Self.suggestion($0, on: on) }
        hasSuggestions = !suggestions.isEmpty
        isEmpty = hasResult && suggestions.isEmpty
        rejections = (result?.rejected ?? []).map { rejection in
            RejectionView(
                code: rejection.code, path: CodeAddress(system: rejection.system, code: rejection.code, on: on).path,
                title: rejection.title, words: rejection.evidence?.text ?? "", why: rejection.why)
        }
        hasRejections = !rejections.isEmpty
        conflicts = (result?.conflicts ?? []).map {
            ConflictView(code: $0.code, other: $0.other, note: $0.note, standsAt: $0.standsAt)
        }
        hasConflicts = !conflicts.isEmpty
    }

    private static func suggestion(_ suggestion: LookupAPI.CaseSuggestion, on: String) -> SuggestionView {
        SuggestionView(
            code: suggestion.code,
            path: CodeAddress(system: suggestion.system, code: suggestion.code, on: on).path, title: suggestion.title,
            evidence: suggestion.evidence.map { EvidenceView(text: $0.text, anchor: "words-\($0.start)") },
            isHistorical: suggestion.historical, needsLaterality: suggestion.needs.contains("laterality"),
            needsSeventhCharacter: suggestion.needs.contains("seventhCharacter"))
    }

    /// Cuts the note at the words that speak for codes, then at those that were not taken; words that overlap others are
    /// left as they stand. Offsets are Unicode scalars.
    private static func parts(of text: String, _ result: LookupAPI.CodeCaseReply) -> [PartView] {
        struct Span {
            var range: Range<Int>
            var codes: [String]
            var isEvidence: Bool
        }
        var spans: [Span] = []
        func add(_ evidence: LookupAPI.Evidence, _ code: String, isEvidence: Bool) {
            guard evidence.start < evidence.end else { return }
            let range = Int(evidence.start)..<Int(evidence.end)
            if let known = spans.firstIndex(where: { $0.range == range }) {
                if spans[known].isEvidence == isEvidence { spans[known].codes.append(code) }
            } else if !spans.contains(where: { $0.range.overlaps(range) }) {
                spans.append(Span(range: range, codes: [code], isEvidence: isEvidence))
            }
        }
        for suggestion in result.suggestions {
            for evidence in suggestion.evidence { add(evidence, suggestion.code, isEvidence: true) }
        }
        for rejection in result.rejected {
            if let evidence = rejection.evidence { add(evidence, rejection.code, isEvidence: false) }
        }
        let scalars = Array(text.unicodeScalars)
        func cut(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(scalars[range])) }
        func plain(_ range: Range<Int>) -> PartView {
            PartView(text: cut(range), isEvidence: false, isRejected: false, isPlain: true, anchor: "", codes: "")
        }
        var parts: [PartView] = []
        var position = 0
        for span in spans.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            guard span.range.upperBound <= scalars.count else { continue }
            if span.range.lowerBound > position { parts.append(plain(position..<span.range.lowerBound)) }
            parts.append(
                PartView(
                    text: cut(span.range), isEvidence: span.isEvidence, isRejected: !span.isEvidence, isPlain: false,
                    anchor: "words-\(span.range.lowerBound)", codes: span.codes.joined(separator: ", ")))
            position = span.range.upperBound
        }
        if position < scalars.count { parts.append(plain(position..<scalars.count)) }
        return parts
    }
}
