/// What is said of a reference file that was imported.
package struct ReferenceRecord: Sendable, Equatable {
    package var kind: ReferenceKind
    /// E.g. "NCCI procedure-to-procedure edits, outpatient hospital".
    package var sourceName: String
    /// The publisher's own file name.
    package var file: String
    /// E.g. "2026 Q2".
    package var edition: String
    /// First day that the file speaks of.
    package var effective: Day
    /// Last day that it speaks of; nil: open.
    package var end: Day?
    /// Lower-case hexadecimal.
    package var sha256: String
    package var rights: String

    /// Names the parts.
    package init(
        kind: ReferenceKind, sourceName: String, file: String, edition: String, effective: Day, end: Day?,
        sha256: String, rights: String
    ) {
        self.kind = kind
        self.sourceName = sourceName
        self.file = file
        self.edition = edition
        self.effective = effective
        self.end = end
        self.sha256 = sha256
        self.rights = rights
    }

    /// Whether it answers for a day.
    package func speaks(of day: Day) -> Bool { effective <= day && end.map { day <= $0 } ?? true }

    /// E.g. "2026 Q2 (2019-07-01 to 2026-06-30)", for messages.
    package var label: String { "\(edition) (\(effective)\(end.map { " to \($0)" } ?? " on"))" }
}
