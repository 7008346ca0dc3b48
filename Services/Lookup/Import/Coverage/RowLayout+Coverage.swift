extension RowLayout {
    /// The index of local coverage documents: one row a document and version, days as MM/DD/YYYY, the contractor's name over
    /// several lines.
    static let coverageDocuments = RowLayout(
        name: "the index of coverage documents",
        isHeader: { $0.contains("document_display_id") && $0.contains("contractor_name_type") },
        reader: { table in
            func place(_ name: String) -> Int? { table.place(name, occurrence: 0) }
            guard let contractor = place("contractor_name_type"), let id = place("document_display_id"),
                let kind = place("document_type"), let version = place("document_version"),
                let effective = place("effective_date"), let note = place("note"),
                let retired = place("retirement_date"), let title = place("title"), let updated = place("updated_on"),
                let address = place("url")
            else { return nil }
            return { row in
                guard row[id].utf8.count >= 2, !row[title].isEmpty else {
                    return .malformed("not a document with its id and title")
                }
                let days = [effective, retired, updated].map { calendarDay(row[$0]) }
                guard !days.contains(nil) else { return .malformed("\(row[id]) has a day that is not MM/DD/YYYY") }
                let document = CoverageDocument(
                    key: row[id], variant: row[version],
                    fields: [row[kind], row[title], row[contractor]] + days.compactMap { $0 }
                        + [row[note], row[address]])
                return document.map { .row($0) } ?? .malformed("\(row[id]) is no document")
            }
        })

    /// YYYY-MM-DD of MM/DD/YYYY; empty for "N/A" and nothing; nil for others.
    static func calendarDay(_ text: String) -> String? {
        if text.isEmpty || text == "N/A" { return "" }
        let parts = text.split(separator: "/").compactMap { Int($0) }
        guard parts.count == 3 else { return nil }
        return Day(number: parts[2] * 10_000 + parts[0] * 100 + parts[1])?.description
    }
}
