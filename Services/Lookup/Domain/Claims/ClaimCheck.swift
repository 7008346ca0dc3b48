/// Applies every rule to a claim.
struct ClaimCheck {
    let claim: Claim
    let facts: ClaimFacts

    /// The findings, the claim's own first, then by line and rule. What passed is told once a rule and day, with the lines.
    func findings() -> [ClaimFinding] {
        var found = DiagnosisCheck(claim: claim, facts: facts).findings() + pointers()
        for (day, lines) in claim.days {
            guard let known = facts.days[day] else { continue }
            found += procedures(lines, known)
            let modifiers = ModifierCheck(facts: known, policy: facts.modifierPolicy)
            found += lines.flatMap(modifiers.findings)
            for kind in pairKinds(known) {
                found += PairCheck(facts: known, policy: facts.modifierPolicy, lines: lines, day: day).findings(kind)
            }
            for kind in unitKinds(known) {
                found += UnitCheck(facts: known, lines: lines, day: day).findings(kind)
            }
            found += AddOnCheck(facts: known, lines: lines, day: day).findings()
        }
        return Self.ordered(Self.together(found))
    }

    /// Of a claim that names no setting, the kinds that are loaded; one that is not when none is.
    private func pairKinds(_ known: ClaimFacts.OfDay) -> [ReferenceKind] {
        if let setting = claim.setting { return setting.pairs.map { [$0] } ?? [] }
        let loaded = [ReferenceKind.pairsPractitioner, .pairsHospital].filter { known.pairs[$0] != nil }
        return loaded.isEmpty ? [.pairsPractitioner] : loaded
    }

    private func unitKinds(_ known: ClaimFacts.OfDay) -> [ReferenceKind] {
        if let setting = claim.setting { return [setting.units] }
        let loaded = [ReferenceKind.unitsPractitioner, .unitsHospital, .unitsSupplier].filter { known.units[$0] != nil }
        return loaded.isEmpty ? [.unitsPractitioner] : loaded
    }

    private func procedures(_ lines: [Claim.Line], _ known: ClaimFacts.OfDay) -> [ClaimFinding] {
        lines.flatMap { line -> [ClaimFinding] in
            [validity(line, known), age(line, known)].compactMap { $0 }
        }
    }

    private func validity(_ line: Claim.Line, _ known: ClaimFacts.OfDay) -> ClaimFinding? {
        switch known.procedures[line.code] {
        case .valid(let source):
            ClaimFinding(
                .procedureValidity, .pass, lines: [line.number], on: line.day,
                "Every code is valid on the date of service.", source: source)
        case .invalid(let message, let action, let source):
            ClaimFinding(
                .procedureValidity, .fail, lines: [line.number], on: line.day, message, action: action, source: source)
        case .unknown(let message):
            ClaimFinding(.procedureValidity, .noData, lines: [line.number], on: line.day, message, source: nil)
        case nil: nil
        }
    }

    private func age(_ line: Claim.Line, _ known: ClaimFacts.OfDay) -> ClaimFinding? {
        guard let age = claim.age, let editor = known.editor, let ages = known.procedureSpans[line.code]?.ages else {
            return nil
        }
        guard !ages.contains(age) else {
            return ClaimFinding(
                .procedureAge, .pass, lines: [line.number], on: line.day, "No code is for another age.", source: editor)
        }
        return ClaimFinding(
            .procedureAge, .fail, lines: [line.number], on: line.day,
            "\(line.code) is for patients \(DiagnosisCheck.words(ages)); this patient is \(age).",
            action: "Check the date of birth and the code.", source: editor)
    }

    /// Pointers are checked for their shape before; here, that lines of a claim with diagnoses have one.
    private func pointers() -> [ClaimFinding] {
        guard !claim.diagnoses.isEmpty, claim.lines.contains(where: { !$0.pointers.isEmpty }) else { return [] }
        return claim.lines.filter(\.pointers.isEmpty).map { line in
            ClaimFinding(
                .diagnosisPointer, .fail, lines: [line.number], on: line.day,
                "Line \(line.number) points at no diagnosis, and other lines do.",
                action: "Name the diagnoses that the service was for.", source: nil)
        }
    }

    /// Findings that passed, or have no data, for the same reason become one.
    private static func together(_ findings: [ClaimFinding]) -> [ClaimFinding] {
        var result: [ClaimFinding] = []
        for finding in findings {
            let isQuiet = finding.verdict == .pass || finding.verdict == .noData
            let place = result.firstIndex { known in
                isQuiet && known.rule == finding.rule && known.verdict == finding.verdict && known.day == finding.day
                    && known.message == finding.message && known.source == finding.source
            }
            guard let place else {
                result.append(finding)
                continue
            }
            result[place].lines = Array(Set(result[place].lines + finding.lines)).sorted()
            result[place].diagnoses = Array(Set(result[place].diagnoses + finding.diagnoses)).sorted()
        }
        return result
    }

    private static func ordered(_ findings: [ClaimFinding]) -> [ClaimFinding] {
        let order = Dictionary(uniqueKeysWithValues: ClaimRule.allCases.enumerated().map { ($1, $0) })
        return findings.enumerated().sorted { left, right in
            let leftKey = (left.element.lines.first ?? 0, order[left.element.rule] ?? 0, left.offset)
            let rightKey = (right.element.lines.first ?? 0, order[right.element.rule] ?? 0, right.offset)
            return leftKey < rightKey
        }.map(\.element)
    }
}
