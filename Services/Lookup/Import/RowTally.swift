/// Counts the rows of a file, and tells a publisher's slip from a file of another layout.
struct RowTally {
    /// One malformed row in a hundred may be a slip; more than that is another layout or a damaged file.
    private static let maximumMalformedShare = 0.01

    private(set) var report = ImportReport()
    private var malformed = 0
    private var firstMalformed: ImportReport.Refusal?

    mutating func read() { report.rowsRead += 1 }

    mutating func keep() { report.rowsKept += 1 }

    /// Refuses a row that was counted as read: the layout allows it, the product does not keep it.
    mutating func refuse(line: Int, _ reason: String) { report.refuse(line: line, reason) }

    /// Lists what a kept row had to do without.
    mutating func remark(line: Int, _ reason: String) {
        guard report.refusals.count < ImportReport.maximumListedRefusals else { return }
        report.refusals.append(ImportReport.Refusal(line: line, reason: reason))
    }

    /// Refuses a row that was counted as read and is not what the layout asks for.
    mutating func refuseMalformed(line: Int, _ reason: String) {
        malformed += 1
        if firstMalformed == nil { firstMalformed = ImportReport.Refusal(line: line, reason: reason) }
        report.refuse(line: line, reason)
    }

    /// Ends the file.
    ///
    /// - Parameter what: the layout, for the message: "HCPCS record".
    /// - Throws: ``FileRefusal`` when no row was kept or too many were malformed.
    func finish(_ file: SourceFile, what: String) throws -> ImportReport {
        let remedy = "Give the publisher's file unchanged, or pull it again"
        if Double(malformed) > max(1, Double(report.rowsRead) * Self.maximumMalformedShare), let firstMalformed {
            throw file.refusal(
                "has \(malformed) malformed rows of \(report.rowsRead), the first: \(firstMalformed.reason)",
                line: firstMalformed.line, remedy: remedy)
        }
        guard report.rowsKept > 0 else {
            throw file.refusal("holds no \(what)", line: firstMalformed?.line ?? 0, remedy: remedy)
        }
        return report
    }
}
