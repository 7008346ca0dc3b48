import Storage

extension Catalogue {
    /// Longer notes are refused: a chart is sent encounter by encounter.
    static let longestNote = 100_000
    private static let casePage = 20
    private static let largestCasePage = 100

    /// The diagnosis codes that a note gives reason for, best first, and why others were not taken.
    /// - Throws: `LookupError`; `SnapshotError`.
    func codeCase(_ text: String, systems: [String], on day: String, pageSize: Int) throws -> (
        CaseResult, editionSet: String
    ) {
        guard text.utf8.count <= Self.longestNote else {
            throw LookupError.invalid(
                field: "text", "The note has more than \(Self.longestNote) bytes; send it in parts.")
        }
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw LookupError.invalid(field: "text", "The note is empty.")
        }
        for name in systems where try Self.system(name) != .icd10cm {
            throw LookupError.invalid(
                field: "systems", "Notes are coded in icd10cm only; search finds codes of \(Self.shortened(name)).")
        }
        let date = try Self.dateOfService(day)
        let size = pageSize == 0 ? Self.casePage : min(pageSize, Self.largestCasePage)
        let note = CaseText(text)
        return try reader.read { connection, contents in
            var coder = try CaseCoder(CodeStore(connection, contents), day: date, today: today())
            return (try coder.code(note, limit: size), contents.identity)
        }
    }

    private static func dateOfService(_ text: String) throws(LookupError) -> Day? {
        if text.isEmpty { return nil }
        guard text.utf8.count == 10, let day = Day(text) else {
            throw .invalid(
                field: "date_of_service", "“\(shortened(text))” is no day; write YYYY-MM-DD, such as 2026-04-01.")
        }
        return day
    }
}
