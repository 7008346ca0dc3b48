/// The history of CPT Link (`History_DTK_tab.txt`): a header that names its columns, tab-separated rows. The columns are
/// found by their names: date, change type, code, prior value, current value.
struct CPTHistoryFile {
    private let file: SourceFile

    init(_ file: SourceFile) { self.file = file }

    private struct Columns {
        let date: Int
        let change: Int
        let code: Int
        let prior: Int
        let current: Int

        /// Nil when a name is missing.
        init?(_ header: [String]) {
            func place(_ parts: String...) -> Int? {
                header.firstIndex { title in parts.allSatisfy { title.contains($0) } }
            }
            guard let date = place("date"), let change = place("change", "type"), let code = place("code"),
                let prior = place("prior"), let current = place("current")
            else { return nil }
            self.date = date
            self.change = change
            self.code = code
            self.prior = prior
            self.current = current
        }
    }

    /// Hands on one sentence a change, at codes that the delivery lists; others are counted as refused.
    func handOn(
        _ codes: Set<String>, rights: String, _ report: inout ImportReport, to sink: inout some RecordSink
    ) throws {
        try file.refuseIfEmpty()
        var columns: Columns?
        var count = 0
        for (number, line) in TextLines(file.bytes) {
            if line.allSatisfy({ $0 <= UInt8(ascii: " ") }) { continue }
            let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map {
                LegacyText.folded($0)
            }
            guard let known = columns else {
                columns = Columns(fields.map { $0.lowercased() })
                if columns == nil, number > 60 { break }
                continue
            }
            guard fields.count > [known.date, known.change, known.code, known.prior, known.current].max() ?? 0 else {
                throw file.refusal("holds a row with too few columns", line: number, remedy: CPTDelivery.remedy)
            }
            report.rowsRead += 1
            let code = fields[known.code]
            guard codes.contains(code), let day = Self.day(fields[known.date]) else {
                report.refuse(line: number, "\(code) of the history is not in LONGULT, or its date is no day")
                continue
            }
            let text = Self.sentence(day, fields[known.change], fields[known.prior], fields[known.current])
            try sink.add(TextRecord(code: code, block: BlockKind.history.rawValue, text: text, rights: rights))
            report.rowsKept += 1
            count += 1
        }
        guard columns != nil, count > 0 else {
            throw file.refusal(
                "names no columns for date, change type, code, prior and current value, or holds no change",
                remedy: CPTDelivery.remedy)
        }
    }

    private static func sentence(_ day: Day, _ change: String, _ prior: String, _ current: String) -> String {
        let what = "\(day): \(change.lowercased())"
        switch (prior.isEmpty, current.isEmpty) {
        case (true, true): return what
        case (true, false): return what + ": “\(current)”"
        case (false, true): return what + ": was “\(prior)”"
        case (false, false): return what + ": “\(prior)” became “\(current)”"
        }
    }

    /// 20260101, 2026-01-01 or 01/01/2026.
    static func day(_ text: String) -> Day? {
        if let day = Int(text).flatMap(Day.init(number:)) ?? Day(text) { return day }
        let parts = text.split(separator: "/").compactMap { Int($0) }
        guard parts.count == 3 else { return nil }
        return Day(number: parts[2] * 10_000 + parts[0] * 100 + parts[1])
    }
}
