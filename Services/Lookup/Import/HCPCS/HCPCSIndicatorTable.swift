/// The one table of HCPCS indicators and their meanings (`Resources/hcpcs-indicators.json`).
package struct HCPCSIndicatorTable: Sendable, Decodable {
    /// What the letter that a code begins with stands for.
    let sections: [String: String]
    let indicators: [HCPCSIndicator]
    /// Table name → value → meaning.
    let meanings: [String: [String: String]]

    /// The table that comes with the program.
    ///
    /// - Throws: ``FileRefusal`` when it is missing.
    package static func bundled() throws -> HCPCSIndicatorTable {
        try ImportResource.table(HCPCSIndicatorTable.self, "hcpcs-indicators.json")
    }

    /// What a value says.
    func meaning(of value: String, _ indicator: HCPCSIndicator, notes: HCPCSProcessingNotes) -> String {
        switch indicator.kind {
        case .code:
            guard let table = indicator.meanings, let meaning = meanings[table]?[value] else {
                return "A value that the record layout of 2019 does not describe"
            }
            return meaning
        case .processingNote:
            return notes[value] ?? "The text of this processing note is not among the loaded files"
        case .text, .date, .number:
            return indicator.explains ?? ""
        }
    }
}
