/// What the flags of the Outpatient Code Editor say (`Resources/outpatient-flags.json`).
package struct OutpatientFlags: Sendable, Decodable {
    /// Flag → number of the edit that it may set off.
    let edits: [String: Int]
    /// Flag → name and meaning of an indicator.
    let facts: [String: [String]]
    let diagnosisEdits: [String: Int]
    let diagnosisFacts: [String: [String]]

    /// The table that comes with the program.
    ///
    /// - Throws: ``FileRefusal`` when it is missing.
    package static func bundled() throws -> OutpatientFlags {
        try ImportResource.table(OutpatientFlags.self, "outpatient-flags.json")
    }
}
