/// Add-on codes need a primary code of the same day.
struct AddOnCheck {
    let facts: ClaimFacts.OfDay
    let lines: [Claim.Line]
    let day: Day

    func findings() -> [ClaimFinding] {
        guard let answer = facts.addOns else {
            return [
                ClaimFinding(
                    .addOn, .noData, lines: lines.map(\.number), on: day,
                    "Add-on codes were not checked. " + (facts.absences[.addOns] ?? ""), source: nil)
            ]
        }
        let present = Set(lines.map(\.code))
        var found: [ClaimFinding] = []
        for line in lines {
            let edits = (answer.value[line.code] ?? []).filter { $0.span.holds(day) }
            if let kind = edits.first?.kind {
                found.append(finding(line, kind, edits.compactMap(\.primary), present, answer.source))
            }
        }
        guard found.isEmpty else { return found }
        return [
            ClaimFinding(
                .addOn, .pass, lines: lines.map(\.number), on: day, "No line is an add-on code.", source: answer.source)
        ]
    }

    private func finding(
        _ line: Claim.Line, _ kind: AddOnEdit.Kind, _ primaries: [ProcedureCode], _ present: Set<ProcedureCode>,
        _ source: Citation
    ) -> ClaimFinding {
        if let primary = primaries.first(where: present.contains), primary != line.code {
            let others = lines.filter { $0.code == primary }.map(\.number)
            return ClaimFinding(
                .addOn, .pass, lines: [line.number] + others, on: day,
                "Add-on code \(line.code) stands beside its primary code \(primary).", source: source)
        }
        let listed = Self.list(primaries)
        switch kind {
        case .listed:
            return ClaimFinding(
                .addOn, .fail, lines: [line.number], on: day,
                "\(line.code) is an add-on code and none of its primary codes is on the claim for the day (\(listed)).",
                action: "Add the primary code that was performed, or remove line \(line.number).", source: source)
        case .contractorDefined:
            return ClaimFinding(
                .addOn, .noData, lines: [line.number], on: day,
                "\(line.code) is an add-on code whose primary codes CMS does not list (type 2); your contractor decides.",
                action: "Check the contractor's list of primary codes.", source: source)
        case .partlyListed:
            return ClaimFinding(
                .addOn, .noData, lines: [line.number], on: day,
                "\(line.code) is an add-on code and no listed primary code is on the claim for the day (\(listed)); "
                    + "the list is not complete (type 3), and your contractor may accept others.",
                action: "Check the contractor's list of primary codes.", source: source)
        }
    }

    private static func list(_ codes: [ProcedureCode]) -> String {
        let most = 8
        let shown = Set(codes).sorted().prefix(most).map(\.description).joined(separator: ", ")
        let more = Set(codes).count - most
        return more > 0 ? "\(shown) and \(more) more" : shown
    }
}
