/// Reads a file that `Resources/read_source.py` wrote, row by row: a first line that names the format, its version and
/// the days that the rows speak of; rows of tab-separated fields; `#end` with the number of rows.
struct StreamedRows {
    private static let remedy = "Run `codingahead data pull` again"

    private let file: SourceStream
    private let format: String

    /// - Parameter format: what the first line must begin with, e.g. `#ncci`.
    init(_ file: SourceStream, format: String) {
        self.file = file
        self.format = format
    }

    /// - Parameters:
    ///   - span: the days that the rows must speak of.
    ///   - row: told of each row and its line.
    /// - Throws: ``FileRefusal`` when the file is empty, of another format, broken off, or speaks of other days.
    func read(within span: DaySpan, _ row: (Int, TabFields) throws -> Void) throws {
        var rows = 0
        var promised: Int?
        try file.forEachLine { number, line in
            let fields = TabFields(line)
            if number == 1 {
                try checkHeader(fields, span)
            } else if promised != nil {
                throw file.refusal("goes on after its end", line: number, remedy: Self.remedy)
            } else if line.first == UInt8(ascii: "#"), fields.text(0) == "#end" {
                promised = fields.number(1) ?? -1
            } else {
                rows += 1
                try row(number, fields)
            }
        }
        guard promised == rows else {
            throw file.refusal(
                "breaks off: it does not end with its number of rows", line: rows + 1, remedy: Self.remedy)
        }
    }

    private func checkHeader(_ fields: TabFields, _ span: DaySpan) throws {
        guard fields.text(0) == format, fields.text(1) == "1", fields.count == 4,
            let first = fields.number(2).flatMap(Day.init(number:)),
            let last = fields.number(3).flatMap(Day.init(number:))
        else {
            throw file.refusal("is not of the format \(format), version 1", line: 1, remedy: Self.remedy)
        }
        guard span.first == first, span.last == last else {
            throw file.refusal(
                "speaks of \(first) to \(last), and the list says otherwise", line: 1,
                remedy: "Correct the dates in the list of sources")
        }
    }
}
