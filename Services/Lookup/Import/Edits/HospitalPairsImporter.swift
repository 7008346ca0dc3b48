/// Reads the hospital NCCI pairs that `read_source.py ncci` takes out of the Outpatient Code Editor: column-one code,
/// column-two code, first day, last day, modifier indicator (0 or 1). Days are those of quarters: a pair of the first
/// quarter may be older, and one of the last goes on.
package struct HospitalPairsImporter: ReferenceImporter {
    private let file: SourceStream
    private let span: DaySpan

    /// - Parameter span: the days that the file must speak of.
    package init(_ file: SourceStream, span: DaySpan) {
        self.file = file
        self.span = span
    }

    package func read(into writer: inout ReferenceWriter) throws -> ImportReport {
        var tally = StreamTally(file)
        // Keyed by what the three fields hold: a file has some hundred windows and millions of rows.
        var windows: [Int: ReferenceWriter.WindowNumber] = [:]
        try StreamedRows(file, format: "#ncci").read(within: span) { line, fields in
            guard fields.count == 5, let first = ProcedureCode(bytes: fields[0]),
                let second = ProcedureCode(bytes: fields[1]), let from = fields.number(2), let to = fields.number(3),
                let indicator = fields.number(4), indicator <= 1
            else {
                return tally.refuseMalformed(line: line, "not a pair of codes with its quarters and its indicator")
            }
            let key = (from * 100_000_000 + to) * 10 + indicator
            let known: ReferenceWriter.WindowNumber
            if let number = windows[key] {
                known = number
            } else {
                guard let window = window(from, to, indicator) else {
                    return tally.refuseMalformed(line: line, "not days of the file's quarters")
                }
                known = try writer.number(window)
                windows[key] = known
            }
            try writer.add(first, second, known)
            tally.keep()
        }
        return try tally.finish(what: "pair of codes")
    }

    private func window(_ from: Int, _ to: Int, _ indicator: Int) -> PairEdit.Window? {
        guard let first = Day(number: from), let last = Day(number: to), first <= last, span.holds(first),
            span.holds(last), let indicator = PairEdit.Indicator(rawValue: indicator)
        else { return nil }
        return PairEdit.Window(effective: first, deleted: last == span.last ? nil : last, indicator: indicator)
    }
}
