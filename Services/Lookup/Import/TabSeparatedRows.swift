/// The rows of a file that `Resources/read_source.py` wrote: a first line that names the format and its version, rows of
/// tab-separated fields, and `#end` with the number of rows at the end.
struct TabSeparatedRows: Sendable {
    /// One row.
    struct Row {
        let line: Int
        let fields: [String]
    }

    /// The first line's fields behind the format and its version.
    let parameters: [String]
    let rows: [Row]

    /// - Parameters:
    ///   - format: what the first line must begin with, e.g. `#ioce`.
    ///   - version: of the format.
    /// - Throws: ``FileRefusal`` when the file is empty, of another format or version, or broken off.
    init(_ file: SourceFile, format: String, version: String = "1") throws {
        let remedy = "Run `codingahead data pull` again"
        try file.refuseIfEmpty()
        var header: [String]?
        var rows: [Row] = []
        var promised: Int?
        for (number, line) in TextLines(file.bytes) {
            guard let text = String(validating: line, as: UTF8.self), promised == nil else {
                throw file.refusal("is damaged", line: number, remedy: remedy)
            }
            let fields = text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            if header == nil {
                guard fields.count >= 2, fields[0] == format, fields[1] == version else {
                    throw file.refusal(
                        "is not of the format \(format), version \(version)", line: number, remedy: remedy)
                }
                header = Array(fields.dropFirst(2))
            } else if fields[0] == "#end" {
                promised = fields.count == 2 ? Int(fields[1]) : -1
            } else {
                rows.append(Row(line: number, fields: fields))
            }
        }
        guard promised == rows.count else {
            throw file.refusal(
                "breaks off: it does not end with its number of rows", line: rows.count + 1, remedy: remedy)
        }
        self.parameters = header ?? []
        self.rows = rows
    }
}
