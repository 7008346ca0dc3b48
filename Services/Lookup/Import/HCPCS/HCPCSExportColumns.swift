/// Where the columns of an export stand, by its header line.
struct HCPCSExportColumns {
    /// How many columns a row has.
    let count: Int
    private let code: Int
    private let identifier: Int
    private let long: Int
    private let short: Int
    /// The columns of each indicator, in the order of the table.
    private let indicators: [[Int]]

    /// - Throws: ``FileRefusal`` that names the first heading that is missing.
    init(_ header: [String], table: HCPCSIndicatorTable, file: SourceFile) throws {
        var positions: [String: Int] = [:]
        for (index, title) in header.enumerated() {
            positions[LegacyText.fold(title).uppercased(), default: index] = index
        }
        func position(_ title: String) throws -> Int {
            guard let index = positions[title] else {
                throw file.refusal(
                    "has no column \(title)", line: 1, remedy: "Give the 46-column export of the HCPCS workbook")
            }
            return index
        }
        count = header.count
        code = try position("HCPC")
        identifier = try position("RECID")
        long = try position("LONG DESCRIPTION")
        short = try position("SHORT DESCRIPTION")
        indicators = try table.indicators.map { try $0.headers.map(position) }
    }

    func recordID(_ record: CSVRecords.Record) -> String {
        let value = LegacyText.fold(record.fields[identifier])
        return value.hasSuffix(".0") ? String(value.dropLast(2)) : value
    }

    func row(_ record: CSVRecords.Record, table: HCPCSIndicatorTable) -> HCPCSRow {
        HCPCSRow(
            line: record.line, code: LegacyText.fold(record.fields[code]),
            isModifier: ["7", "8"].contains(recordID(record)),
            longDescription: LegacyText.fold(record.fields[long]),
            shortDescription: LegacyText.fold(record.fields[short]),
            values: zip(table.indicators, indicators).map { indicator, columns in
                columns.map { indicator.normalised(record.fields[$0]) }.filter { !$0.isEmpty }
            })
    }
}
