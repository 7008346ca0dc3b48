import Contracts

/// Applications as CSV (RFC 4180), for a spreadsheet.
enum ApplicantsCSV {
    private static let head = [
        "Name", "Email", "Phone", "Applied", "Stage", "Credentials", "Years", "Cover letter", "Note",
    ]

    static func text(_ reply: SeekersAPI.ListApplicationsReply) -> String {
        let rows = reply.applications.map { one in
            [
                one.name, one.email, one.phone, String(one.appliedAt.prefix(10)), JobWords.stage(one.stage),
                (one.profile?.credentials ?? []).joined(separator: " "), one.profile.map { "\($0.years)" } ?? "",
                one.cover,
                one.note,
            ]
        }
        return ([head] + rows).map { $0.map(field).joined(separator: ",") + "\r\n" }.joined()
    }

    /// What a spreadsheet would take for a formula begins with an apostrophe.
    static func field(_ text: String) -> String {
        let isFormula = text.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
        return "\"" + (isFormula ? "'" : "") + text.replacing("\"", with: "\"\"") + "\""
    }
}
