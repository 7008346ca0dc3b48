/// The diagnoses of a claim: do they exist on the day, may the first one come first, do they exclude each other, do they
/// fit the patient, do they name the side.
struct DiagnosisCheck {
    let claim: Claim
    let facts: ClaimFacts

    func findings() -> [ClaimFinding] {
        guard !claim.diagnoses.isEmpty else { return [] }
        return validity() + principal() + ages() + sexes() + ExclusionCheck(claim: claim, facts: facts).findings()
            + laterality()
    }

    private func validity() -> [ClaimFinding] {
        facts.diagnoses.enumerated().map { place, diagnosis in
            switch diagnosis.standing {
            case .valid(let source):
                return ClaimFinding(
                    .diagnosisValidity, .pass, diagnoses: [place + 1], on: claim.day,
                    "Every diagnosis is a valid, complete code on the date of service.", source: source)
            case .invalid(let message, let action, let source):
                return ClaimFinding(
                    .diagnosisValidity, .fail, diagnoses: [place + 1], on: claim.day, message, action: action,
                    source: source)
            case .unknown(let message):
                return ClaimFinding(
                    .diagnosisValidity, .noData, diagnoses: [place + 1], on: claim.day, message, source: nil)
            }
        }
    }

    /// Edits 5 and 86 of the Outpatient Code Editor, and the list of unacceptable principal diagnoses.
    private func principal() -> [ClaimFinding] {
        guard let editor = facts.editor else {
            return [ClaimRule.manifestation, .principalDiagnosis].map { rule in
                ClaimFinding(
                    rule, .noData, diagnoses: [1], on: claim.day,
                    "Whether \(claim.diagnoses[0]) may come first was not checked. \(facts.editorAbsence)", source: nil)
            }
        }
        let first = facts.diagnoses[0]
        guard let flags = first.span?.flags else { return [] }
        var found: [ClaimFinding] = []
        if flags.contains(.manifestation) {
            found.append(
                ClaimFinding(
                    .manifestation, .fail, diagnoses: [1], on: claim.day,
                    "\(first.code) is a manifestation of another disease and may not come first.",
                    action: "Put the underlying disease first, as the code's “Code first” note says.", source: editor))
        } else {
            found.append(
                ClaimFinding(
                    .manifestation, .pass, diagnoses: [1], on: claim.day,
                    "The first diagnosis is no manifestation code.",
                    source: editor))
        }
        let isCause = flags.contains(.externalCause)
        guard isCause || flags.contains(.unacceptablePrincipal) else {
            return found + [
                ClaimFinding(
                    .principalDiagnosis, .pass, diagnoses: [1], on: claim.day, "The first diagnosis may come first.",
                    source: editor)
            ]
        }
        found.append(
            ClaimFinding(
                .principalDiagnosis, .fail, diagnoses: [1], on: claim.day,
                isCause
                    ? "\(first.code) says what caused an injury; it may not come first."
                    : "\(first.code) is not accepted as the principal diagnosis.",
                action: isCause
                    ? "Put the injury or condition first and this code after it."
                    : "Put the condition that was treated first; this code may follow it.",
                source: editor))
        return found
    }

    private func ages() -> [ClaimFinding] {
        guard let age = claim.age else { return [] }
        guard let editor = facts.editor else {
            return [
                ClaimFinding(
                    .diagnosisAge, .noData, on: claim.day, "Ages were not checked. \(facts.editorAbsence)", source: nil)
            ]
        }
        let failures = facts.diagnoses.enumerated().compactMap { place, diagnosis -> ClaimFinding? in
            guard let ages = diagnosis.span?.ages, !ages.contains(age) else { return nil }
            return ClaimFinding(
                .diagnosisAge, .fail, diagnoses: [place + 1], on: claim.day,
                "\(diagnosis.code) is for patients \(Self.words(ages)); this patient is \(age).",
                action: "Check the date of birth and the code.", source: editor)
        }
        guard failures.isEmpty else { return failures }
        return [
            ClaimFinding(
                .diagnosisAge, .pass, diagnoses: Array(1...claim.diagnoses.count), on: claim.day,
                "No diagnosis is for another age.", source: editor)
        ]
    }

    /// E.g. "of 9 to 64 years".
    static func words(_ ages: ClosedRange<Int>) -> String {
        if ages.upperBound >= EditorSpan.oldest { return "of \(ages.lowerBound) years and older" }
        if ages == 0...0 { return "younger than one year" }
        return "of \(ages.lowerBound) to \(ages.upperBound) years"
    }

    /// The editor has no sexes any more: the headings of the Tabular List say which organs they are about.
    private func sexes() -> [ClaimFinding] {
        guard let sex = claim.sex else { return [] }
        guard let tabular = facts.tabular else {
            return [
                ClaimFinding(
                    .diagnosisSex, .noData, on: claim.day, "Sexes were not checked. \(facts.tabularAbsence)",
                    source: nil)
            ]
        }
        let failures = facts.diagnoses.enumerated().compactMap { place, diagnosis -> ClaimFinding? in
            guard let heading = diagnosis.sexHeading, heading.sex != sex else { return nil }
            return ClaimFinding(
                .diagnosisSex, .fail, diagnoses: [place + 1], on: claim.day,
                "\(diagnosis.code) stands under \(heading.code), “\(heading.title)”, and the claim says \(sex.rawValue).",
                action: "Check the patient's record and the code. Where both are right, report condition code 45 "
                    + "(institutional) or modifier KX (professional).", source: tabular)
        }
        guard failures.isEmpty else { return failures }
        return [
            ClaimFinding(
                .diagnosisSex, .pass, diagnoses: Array(1...claim.diagnoses.count), on: claim.day,
                "No diagnosis stands under a heading of the other sex.", source: tabular)
        ]
    }

    private func laterality() -> [ClaimFinding] {
        guard let tabular = facts.tabular else {
            return [
                ClaimFinding(
                    .laterality, .noData, on: claim.day, "Sides were not checked. \(facts.tabularAbsence)", source: nil)
            ]
        }
        let failures = facts.diagnoses.enumerated().compactMap { place, diagnosis -> ClaimFinding? in
            guard !diagnosis.sides.isEmpty else { return nil }
            let sides = diagnosis.sides.map { "\($0.code) (\($0.title))" }.joined(separator: ", ")
            return ClaimFinding(
                .laterality, .fail, diagnoses: [place + 1], on: claim.day,
                "\(diagnosis.code) leaves the side open, and there are codes that name it: \(sides).",
                action: "Take the side from the record, or ask the provider; many payers deny unspecified sides.",
                source: tabular)
        }
        guard failures.isEmpty else { return failures }
        return [
            ClaimFinding(
                .laterality, .pass, diagnoses: Array(1...claim.diagnoses.count), on: claim.day,
                "No diagnosis leaves a side open.", source: tabular)
        ]
    }
}
