/// Reads a quarterly list of proprietary laboratory analyses of the AMA as a tab-separated file whose header names its
/// columns: code, long, medium and short descriptor, and where they are there status, effective date, laboratory,
/// manufacturer and test name. Codes that have not begun or were deleted carry their dates.
package struct CPTPLAImporter: FileImporter {
    private let file: SourceFile

    /// - Parameter file: the list.
    package init(_ file: SourceFile) { self.file = file }

    private static let optional = ["status", "laboratory", "lab name", "manufacturer", "test name"]

    package func read(into sink: inout some RecordSink) throws -> ImportReport {
        try file.refuseIfEmpty()
        var header: [String]?
        var report = ImportReport()
        var seen: Set<String> = []
        for (number, line) in TextLines(file.bytes) {
            if line.allSatisfy({ $0 <= UInt8(ascii: " ") }) { continue }
            let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map {
                LegacyText.folded($0)
            }
            guard let titles = header else {
                let lower = fields.map { $0.lowercased() }
                if ["code", "long", "short"].allSatisfy({ word in lower.contains { $0.contains(word) } }) {
                    header = lower
                }
                continue
            }
            report.rowsRead += 1
            func field(_ word: String) -> String {
                titles.firstIndex { $0.contains(word) }.flatMap { $0 < fields.count ? fields[$0] : nil } ?? ""
            }
            let code = field("code")
            guard fields.count == titles.count, CodeForm.canonical(code, in: .cpt) == code, code.hasSuffix("U"),
                !field("long").isEmpty, seen.insert(code).inserted
            else {
                throw file.refusal(
                    "holds a row that is no code with its descriptors, or one that comes twice", line: number,
                    remedy: CPTDelivery.remedy)
            }
            if report.rowsKept == 0, let section = CPTSection.of(code) { try sink.add(section.record) }
            try handOn(code, field, to: &sink)
            report.rowsKept += 1
        }
        guard report.rowsKept > 0 else {
            throw file.refusal("names no columns code, long and short, or lists no code", remedy: CPTDelivery.remedy)
        }
        return report
    }

    private func handOn(_ code: String, _ field: (String) -> String, to sink: inout some RecordSink) throws {
        let effective = CPTHistoryFile.day(field("effective"))
        let isDeleted = field("status").lowercased().hasPrefix("delet")
        try sink.add(
            CodeRecord(
                code: code, parent: CPTSection.of(code)?.code, title: field("long"), shortTitle: field("short"),
                billable: true,
                added: isDeleted ? nil : effective, retired: isDeleted ? effective : nil))
        for name in Self.optional {
            let value = field(name)
            guard !value.isEmpty else { continue }
            try sink.add(
                FactRecord(code: code, name: name.prefix(1).uppercased() + name.dropFirst(), value: value, meaning: ""))
        }
    }
}
