extension RowLayout {
    /// PPRRVU: nine lines of titles and stacked names above the header, 31 columns in 2025 and 32 in 2026. An extract may
    /// lack the stacked names and the descriptor. Columns are told apart by name and, where a name recurs, by the names
    /// above it or else by its order, which has not changed.
    static let relativeValues = RowLayout(
        name: "relative values (PPRRVU)", isHeader: { $0.first == "hcpcs" && $0.contains("factor") },
        reader: { table in
            let columns = RelativeValueColumns(table)
            guard let columns else { return nil }
            return { row in
                guard let code = ProcedureCode(row[0]) else {
                    return .malformed("“\(row[0])” is no HCPCS code")
                }
                let value = RelativeValue(
                    key: code.description, variant: row[columns.modifier],
                    fields: [row[columns.status]]
                        + [columns.work, columns.nonFacility, columns.facility, columns.malpractice, columns.factor]
                        .map { row[$0] }
                        + [
                            columns.nonFacilityNote, columns.facilityNote, columns.component, columns.global,
                            columns.multiple, columns.bilateral,
                        ].map { row[$0] })
                return value.map { .row($0) } ?? .malformed("\(code) has values that are no numbers")
            }
        })

    /// Addendum E: contractor, state, locality number and name, three indices.
    static let practiceCosts = RowLayout(
        name: "geographic practice cost indices", isHeader: { $0.first?.hasPrefix("medicare admin") == true },
        reader: { table in
            guard let state = table.place("state"), let number = table.place("locality number"),
                let name = table.place("locality name"),
                let work = table.names.firstIndex(where: { $0.contains("pw gpci") }),
                let expense = table.names.firstIndex(where: { $0.contains("pe gpci") }),
                let malpractice = table.names.firstIndex(where: { $0.contains("mp gpci") })
            else { return nil }
            return { row in
                guard row[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }), !row[0].isEmpty else { return .skipped }
                let cost = PracticeCost(
                    key: localityKey(row[0], row[number]), variant: row[state],
                    fields: [withoutMarks(row[name]), row[work], row[expense], row[malpractice]])
                return cost.map { .row($0) } ?? .malformed("\(row[name]) has indices that are no numbers")
            }
        })

    /// Counties by locality; a state is named in the first of its rows.
    static let localities = RowLayout(
        name: "localities and their counties",
        isHeader: { $0.count >= 5 && $0[1].hasPrefix("locality") && $0[4].hasPrefix("counties") },
        reader: { _ in
            var state = ""
            return { row in
                guard !row[0].isEmpty, row[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return .skipped }
                if !row[2].isEmpty { state = row[2] }
                let counties = LocalityCounties(
                    key: localityKey(row[0], row[1]), variant: withoutMarks(state), fields: [row[3], row[4]])
                return counties.map { .row($0) } ?? .malformed("not a locality with its counties")
            }
        })

    /// Anesthesia conversion factors by locality.
    static let anesthesiaFactors = RowLayout(
        name: "anesthesia conversion factors",
        isHeader: { $0.count >= 4 && $0[0] == "contractor" && $0[3].contains("anes") },
        reader: { _ in
            { row in
                guard !row[0].isEmpty, row[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return .skipped }
                let factor = AnesthesiaFactor(
                    key: localityKey(row[0], row[1]), variant: "", fields: [withoutMarks(row[2]), row[3]])
                return factor.map { .row($0) } ?? .malformed("\(row[2]) has a factor that is no number")
            }
        })

    /// Contractor and locality with the zeros that spreadsheets take away.
    static func localityKey(_ contractor: String, _ number: String) -> String {
        func padded(_ text: String, _ length: Int) -> String {
            String(repeating: "0", count: max(0, length - text.utf8.count)) + text
        }
        return padded(contractor, 5) + "-" + padded(number, 2)
    }

    /// A name without the asterisks that point at footnotes.
    private static func withoutMarks(_ name: String) -> String {
        var name = name[...]
        while name.last == "*" || name.last == " " { name = name.dropLast() }
        return String(name)
    }
}
