import Contracts

extension LookupAPI.CodeCaseReply {
    /// - Parameter text: the note, whose parts are quoted as evidence.
    init(_ result: CaseResult, of text: String, editionSet: String) {
        let scalars = Array(text.unicodeScalars)
        func evidence(_ span: Range<Int>) -> LookupAPI.Evidence {
            LookupAPI.Evidence(
                start: UInt32(span.lowerBound), end: UInt32(span.upperBound),
                text: String(String.UnicodeScalarView(scalars[span])))
        }
        self.init(
            suggestions: result.suggestions.map { suggestion in
                LookupAPI.CaseSuggestion(
                    system: CodeSystem.icd10cm.rawValue, code: suggestion.listing.code,
                    title: suggestion.listing.title, score: suggestion.score,
                    evidence: suggestion.evidence.map(evidence), historical: suggestion.historical,
                    needs: suggestion.needs.map(\.rawValue))
            },
            rejected: result.rejected.map { rejection in
                LookupAPI.CaseRejection(
                    system: CodeSystem.icd10cm.rawValue, code: rejection.listing.code, title: rejection.listing.title,
                    evidence: evidence(rejection.span), why: rejection.why, score: rejection.score,
                    reason: rejection.reason.rawValue)
            },
            conflicts: result.conflicts.map {
                LookupAPI.CaseConflict(code: $0.code, other: $0.other, note: $0.note, standsAt: $0.standsAt)
            }, editionSet: editionSet)
    }
}
