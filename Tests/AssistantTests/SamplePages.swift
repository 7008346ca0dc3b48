import Contracts

/// Made-up records in the shape of Lookup's.
enum SamplePages {
    static let source = CommonAPI.Source(
        name: "ICD-10-CM Tabular List", file: "tabular.xml", edition: "FY2026 April update",
        effectiveDate: "2026-04-01", sha256: String(repeating: "a", count: 64), rights: "Public domain.")

    static func page(
        _ system: String, _ code: String, _ title: String, billable: Bool = true, status: String = "active",
        parents: [(String, String)] = [], guidelines: [(String, String)] = [], edits: [(String, String)] = [],
        history: [(String, String)] = []
    ) -> LookupAPI.CodePage {
        func block(_ kind: String, _ rows: [(String, String)]) -> LookupAPI.Block {
            LookupAPI.Block(
                kind: kind, state: rows.isEmpty ? "empty" : "open",
                paragraphs: rows.map { LookupAPI.Paragraph(label: $0.0, text: $0.1) }, source: source)
        }
        return LookupAPI.CodePage(
            system: system, code: code, title: title, billable: billable, status: status,
            blocks: [block("guidelines", guidelines), block("edits", edits), block("history", history)],
            parents: parents.map { CommonAPI.CodeReference(system: system, code: $0.0, title: $0.1) }, source: source)
    }

    static let all = [
        page(
            "icd10cm", "E11.9", "Type 2 diabetes mellitus without complications",
            parents: [("E00-E89", "Endocrine diseases"), ("E11", "Type 2 diabetes mellitus")],
            guidelines: [
                ("Excludes1", "type 1 diabetes mellitus (E10.-)"),
                ("Use additional code", "to identify control using insulin (Z79.4)"),
            ]),
        page(
            "icd10cm", "E11.65", "Type 2 diabetes mellitus with hyperglycemia",
            parents: [("E00-E89", "Endocrine diseases"), ("E11", "Type 2 diabetes mellitus")]),
        page("hcpcs", "Q9001", "Biopsy of a made-up lesion", edits: [("Units", "At most 2 units a day (MUE)")]),
        page("hcpcs", "Q9002", "Excision of a made-up lesion", history: [("Added", "2017-01-01")]),
        page("hcpcs", "Q9003", "Dropped service", status: "retired"),
        page("hcpcs-modifier", "59", "Distinct procedural service"),
    ]

    static let lookup = LookupDouble(pages: all)
}
