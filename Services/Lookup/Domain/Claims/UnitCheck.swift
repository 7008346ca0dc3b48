/// Medically Unlikely Edits of one day's lines.
///
/// Adjudication indicator 1: each line by itself. 2 and 3: all units of the code on the day together; 2 is absolute,
/// 3 may be exceeded on medical review (NCCI Policy Manual, chapter I, section V).
struct UnitCheck {
    let facts: ClaimFacts.OfDay
    let lines: [Claim.Line]
    let day: Day

    func findings(_ kind: ReferenceKind) -> [ClaimFinding] {
        let numbers = lines.map(\.number)
        guard let answer = facts.units[kind] else {
            return [
                ClaimFinding(
                    .units, .noData, lines: numbers, on: day, "Units were not checked. " + (facts.absences[kind] ?? ""),
                    action: "Load the file of the quarter, or check the units by hand.", source: nil)
            ]
        }
        var found: [ClaimFinding] = []
        var within: [Int] = []
        var unlisted: [Int] = []
        for (code, group) in Dictionary(grouping: lines, by: \.code).sorted(by: { $0.key < $1.key }) {
            guard let limit = answer.value[code] else {
                unlisted += group.map(\.number)
                continue
            }
            let failures = failures(limit, group, answer.source)
            if failures.isEmpty { within += group.map(\.number) }
            found += failures
        }
        if !within.isEmpty {
            found.append(
                ClaimFinding(
                    .units, .pass, lines: within.sorted(), on: day, "Units are within the limits.",
                    source: answer.source))
        }
        if !unlisted.isEmpty {
            found.append(
                ClaimFinding(
                    .units, .noData, lines: unlisted.sorted(), on: day,
                    "The file has no limit for the code. Some limits are confidential, so units may still be denied.",
                    source: answer.source))
        }
        return found
    }

    private func failures(_ limit: UnitLimit, _ lines: [Claim.Line], _ source: Citation) -> [ClaimFinding] {
        let reason = limit.rationale.isEmpty ? "" : " Rationale: \(limit.rationale)."
        guard limit.measure == .line else {
            let total = lines.reduce(0) { $0 + $1.units }
            guard total > limit.units else { return [] }
            let isAbsolute = limit.measure == .dayByPolicy
            return [
                ClaimFinding(
                    .units, .fail, lines: lines.map(\.number), on: day,
                    "\(limit.code) has \(total) units on the day; at most \(limit.units) are paid a day, all lines "
                        + "together (adjudication indicator \(limit.measure.rawValue)).\(reason)",
                    action: isAbsolute
                        ? "Correct the units: this limit follows from policy or anatomy and is not lifted on appeal."
                        : "Correct the units, or send the record that shows that more was necessary.",
                    source: source)
            ]
        }
        return lines.filter { $0.units > limit.units }.map { line in
            ClaimFinding(
                .units, .fail, lines: [line.number], on: day,
                "\(limit.code) has \(line.units) units on the line; at most \(limit.units) are paid a line "
                    + "(adjudication indicator 1).\(reason)",
                action:
                    "Correct the units; where more was performed and necessary, report the rest on lines of its own "
                    + "with the modifier that says why.", source: source)
        }
    }
}
