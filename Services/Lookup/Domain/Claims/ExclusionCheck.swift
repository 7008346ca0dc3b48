/// Excludes1 notes among the diagnoses of a claim: two conditions that are not coded together (ICD-10-CM Official
/// Guidelines, section I.A.12.a). Notes count at the code and at every heading above it.
struct ExclusionCheck {
    let claim: Claim
    let facts: ClaimFacts

    func findings() -> [ClaimFinding] {
        guard let tabular = facts.tabular else {
            return [
                ClaimFinding(
                    .excludes1, .noData, on: claim.day, "Excludes1 notes were not checked. \(facts.tabularAbsence)",
                    source: nil)
            ]
        }
        var found: [ClaimFinding] = []
        for (place, diagnosis) in facts.diagnoses.enumerated() {
            for (other, second) in facts.diagnoses.enumerated() where other != place && second.code != diagnosis.code {
                let key = CodeForm.key(second.code)
                guard let note = diagnosis.excludes.first(where: { $0.references.contains { $0.names(key) } }) else {
                    continue
                }
                let isKnown = found.contains { $0.diagnoses == [other + 1, place + 1] }
                if !isKnown { found.append(finding(note, place, other, tabular)) }
            }
        }
        guard found.isEmpty else { return found }
        return [
            ClaimFinding(
                .excludes1, .pass, diagnoses: Array(1...claim.diagnoses.count), on: claim.day,
                "No diagnosis has an Excludes1 note that names another one.", source: tabular)
        ]
    }

    private func finding(_ note: ExclusionNote, _ place: Int, _ other: Int, _ source: Citation) -> ClaimFinding {
        let code = facts.diagnoses[place].code
        let second = facts.diagnoses[other].code
        let origin = note.standsAt == code ? "" : " (inherited from \(note.standsAt))"
        return ClaimFinding(
            .excludes1, .fail, diagnoses: [place + 1, other + 1], on: claim.day,
            "\(code) has an Excludes1 note\(origin) that names \(second): “\(note.text)”.",
            action:
                "Keep the one that the record supports. Both may stand only when the two conditions have nothing to "
                + "do with each other.", source: source)
    }
}
