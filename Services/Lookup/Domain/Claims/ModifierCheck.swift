/// Modifiers of one line: do they exist on the day, do they go together, does 50 fit the code.
struct ModifierCheck {
    let facts: ClaimFacts.OfDay
    let policy: ModifierPolicy

    func findings(_ line: Claim.Line) -> [ClaimFinding] {
        validity(line) + conflicts(line) + bilateral(line)
    }

    private func validity(_ line: Claim.Line) -> [ClaimFinding] {
        line.modifiers.compactMap { modifier in
            switch facts.modifiers[modifier] {
            case .valid(let source):
                ClaimFinding(
                    .modifierValidity, .pass, lines: [line.number], on: line.day,
                    "Every modifier exists on the date of service.", source: source)
            case .invalid(let message, let action, let source):
                ClaimFinding(
                    .modifierValidity, .fail, lines: [line.number], on: line.day, message, action: action,
                    source: source)
            case .unknown(let message):
                ClaimFinding(.modifierValidity, .noData, lines: [line.number], on: line.day, message, source: nil)
            case nil: nil
            }
        }
    }

    private func conflicts(_ line: Claim.Line) -> [ClaimFinding] {
        var found: [ClaimFinding] = []
        let carried = Set(line.modifiers)
        if carried.count < line.modifiers.count {
            found.append(
                ClaimFinding(
                    .modifierConflict, .fail, lines: [line.number], on: line.day,
                    "A modifier stands on the line twice.", action: "Remove the second one.",
                    source: facts.editor ?? policy.citation(policy.pairModifierSource)))
        }
        for conflict in policy.conflicts
        where !carried.isDisjoint(with: conflict.these) && !carried.isDisjoint(with: conflict.those) {
            found.append(
                ClaimFinding(
                    .modifierConflict, .fail, lines: [line.number], on: line.day, conflict.message,
                    action: conflict.action, source: policy.citation(conflict.source)))
        }
        for modifier in line.modifiers {
            for other in (facts.conflicts[modifier] ?? []).intersection(carried).sorted() where modifier < other {
                found.append(
                    ClaimFinding(
                        .modifierConflict, .fail, lines: [line.number], on: line.day,
                        "Modifiers \(modifier) and \(other) may not stand on one line.",
                        action: "Keep the one that the record supports.", source: facts.editor))
            }
        }
        guard found.isEmpty, line.modifiers.count > 1 else { return found }
        return [
            ClaimFinding(
                .modifierConflict, .pass, lines: [line.number], on: line.day,
                "No two modifiers of a line exclude each other.",
                source: facts.editor ?? policy.citation(policy.pairModifierSource))
        ]
    }

    /// Edits 17 and 74 of the Outpatient Code Editor.
    private func bilateral(_ line: Claim.Line) -> [ClaimFinding] {
        guard line.modifiers.contains("50") else { return [] }
        guard let editor = facts.editor else {
            return [
                ClaimFinding(
                    .bilateral, .noData, lines: [line.number], on: line.day,
                    "Whether \(line.code) may carry modifier 50 is not known: "
                        + (facts.absences[.outpatientEdits] ?? ""), source: nil)
            ]
        }
        let flags = facts.procedureSpans[line.code]?.flags ?? []
        if flags.contains(.bilateralInherent) {
            return [
                ClaimFinding(
                    .bilateral, .fail, lines: [line.number], on: line.day,
                    "\(line.code) is bilateral by its own wording; modifier 50 does not apply.",
                    action: "Remove modifier 50.", source: editor)
            ]
        }
        guard flags.contains(.bilateralConditional) || flags.contains(.bilateralIndependent) else {
            return [
                ClaimFinding(
                    .bilateral, .fail, lines: [line.number], on: line.day,
                    "\(line.code) is not among the procedures that may carry modifier 50.",
                    action: "Remove modifier 50, or check the code.", source: editor)
            ]
        }
        if line.units > 1 {
            return [
                ClaimFinding(
                    .bilateral, .fail, lines: [line.number], on: line.day,
                    "\(line.code) with modifier 50 is one unit for both sides; the line has \(line.units).",
                    action: "Report one unit.", source: editor)
            ]
        }
        return [
            ClaimFinding(
                .bilateral, .pass, lines: [line.number], on: line.day, "Modifier 50 fits the code.", source: editor)
        ]
    }
}
