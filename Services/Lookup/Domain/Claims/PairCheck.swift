/// NCCI procedure-to-procedure edits among the lines of one day.
///
/// NCCI Policy Manual, chapter I, section E: with indicator 1 an associated modifier on either code lets both be paid,
/// where the record supports it; with 0 none does; 9 marks edits that were never in force.
struct PairCheck {
    let facts: ClaimFacts.OfDay
    let policy: ModifierPolicy
    let lines: [Claim.Line]
    let day: Day

    func findings(_ kind: ReferenceKind) -> [ClaimFinding] {
        let numbers = lines.map(\.number)
        guard let answer = facts.pairs[kind] else {
            return [
                ClaimFinding(
                    .pairs, .noData, lines: numbers, on: day,
                    "Pairs of codes were not checked. " + (facts.absences[kind] ?? ""),
                    action: "Load the file of the quarter, or check the pairs by hand.", source: nil)
            ]
        }
        var found: [ClaimFinding] = []
        for edit in answer.value where edit.window.holds(on: day) && edit.window.indicator != .notApplicable {
            for second in lines where second.code == edit.second {
                let firsts = lines.filter { $0.code == edit.first }
                if let first = firsts.first { found.append(finding(edit, first, firsts, second, answer.source)) }
            }
        }
        guard found.isEmpty else { return found }
        let codes = Set(lines.map(\.code)).count
        return [
            ClaimFinding(
                .pairs, .pass, lines: numbers, on: day,
                codes < 2
                    ? "One code on the day: there is no pair to check."
                    : "None of the pairs that \(codes) codes of the day make has an edit in force.",
                source: answer.source)
        ]
    }

    private func finding(
        _ edit: PairEdit, _ first: Claim.Line, _ firsts: [Claim.Line], _ second: Claim.Line, _ source: Citation
    ) -> ClaimFinding {
        let associated = policy.associated
        let separating = second.modifiers.filter(associated.contains)
        let isSeparated =
            !separating.isEmpty || firsts.allSatisfy { !associated.isDisjoint(with: $0.modifiers) }
        let numbers = [second.number] + firsts.map(\.number)
        let window = DaySpan(edit.window.effective, edit.window.deleted)
        let reason = edit.window.rationale.isEmpty ? "" : " Reason given: \(edit.window.rationale)."
        guard edit.window.indicator == .allowed else {
            return ClaimFinding(
                .pairs, .fail, lines: numbers, on: day,
                "\(second.code) is not paid beside \(first.code) on the same day: NCCI column 2 of \(first.code), "
                    + "modifier indicator 0, which no modifier lifts.\(reason)",
                action: "Remove line \(second.number), or correct the code that is wrong.", source: source,
                window: window)
        }
        guard isSeparated else {
            return ClaimFinding(
                .pairs, .fail, lines: numbers, on: day,
                "\(second.code) is not paid beside \(first.code) on the same day: NCCI column 2 of \(first.code), "
                    + "modifier indicator 1.\(reason)",
                action:
                    "Remove line \(second.number). Only if the record shows a separate site, encounter, practitioner "
                    + "or specimen, add the modifier that says so (XS, XE, XP, XU, an anatomic one, or 59).",
                source: source, window: window)
        }
        let used = separating.isEmpty ? first.modifiers.filter(associated.contains) : separating
        return ClaimFinding(
            .pairs, .bypassed, lines: numbers, on: day,
            "\(second.code) is NCCI column 2 of \(first.code), indicator 1; modifier \(used.joined(separator: ", ")) "
                + "lets both be paid." + sameSide(first, second) + reason,
            action: "Keep the record that supports the modifier: a separate site, encounter, practitioner or specimen.",
            source: source, window: window)
    }

    /// A pair on the same side is what the edit is about.
    private func sameSide(_ first: Claim.Line, _ second: Claim.Line) -> String {
        let shared = policy.anatomic.intersection(first.modifiers).intersection(second.modifiers)
        let others = policy.associated.subtracting(policy.anatomic)
        guard !shared.isEmpty, others.isDisjoint(with: first.modifiers), others.isDisjoint(with: second.modifiers)
        else { return "" }
        return
            " Both lines name the same place (\(shared.sorted().joined(separator: ", "))): the manual does not accept "
            + "that as a reason."
    }
}
