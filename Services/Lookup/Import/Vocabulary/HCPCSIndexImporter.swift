/// Reads the HCPCS Level II index and Table of Drugs of CMS, texts made from their printed pages: a term, blanks or commas, and
/// the codes at the end of the line; terms indented below a main term belong to it. In the Table of Drugs amount and route stand
/// between term and codes.
///
/// A line that names a range (`A0021-A0999`) stands for too many codes and is left out, as is a "see" reference.
package struct HCPCSIndexImporter: FileImporter {
    private let file: SourceFile
    private let kind: TermRecord.Kind

    /// - Parameter kind: `.index` or, for the Table of Drugs, `.drug`.
    package init(_ file: SourceFile, kind: TermRecord.Kind) {
        self.file = file
        self.kind = kind
    }

    package func read(into sink: inout some RecordSink) throws -> ImportReport {
        try file.refuseIfEmpty()
        var terms = TermSink(.hcpcs)
        var main = ""
        for (number, bytes) in TextLines(file.bytes) {
            let line = LegacyText.decode(Array(bytes))
            let indent = line.prefix { $0 == " " }.count
            var fields = Self.fields(line)
            var codes: [String] = []
            while let last = fields.last, Self.isCode(last) || Self.isRange(last) {
                if Self.isCode(last) { codes.insert(last, at: 0) }
                fields.removeLast()
            }
            let term = kind == .drug ? fields.first ?? "" : fields.joined(separator: ", ")
            if term.isEmpty || term.contains("HCPCS") { continue }
            let isBelow = indent > 0 && indent < 12 && kind == .index
            if !isBelow { main = term }
            for code in codes {
                try terms.add(
                    kind, isBelow ? main + ", " + term : term, at: code, line: number, into: &sink)
            }
        }
        return try terms.tally.finish(file, what: "index term with a code")
    }

    /// The parts of a line: between commas, or between runs of blanks.
    private static func fields(_ line: String) -> [String] {
        var fields: [String] = []
        var field = ""
        var blanks = 0
        func end() {
            let part = field.split(separator: " ").joined(separator: " ")
            if !part.isEmpty { fields.append(part) }
            field = ""
        }
        for character in line {
            if character == "," || character == "\t" {
                end()
            } else if character == " " {
                blanks += 1
                if blanks == 2 { end() }
                field.append(" ")
                continue
            } else {
                field.append(character)
            }
            blanks = 0
        }
        end()
        return fields
    }

    private static func isCode(_ text: String) -> Bool {
        text.utf8.count == 5 && CodeForm.canonical(text, in: .hcpcs) != nil
    }

    private static func isRange(_ text: String) -> Bool {
        let halves = text.split(separator: "-")
        return halves.count == 2 && halves.allSatisfy { isCode(String($0)) }
    }
}
