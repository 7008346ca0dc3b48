/// Hands terms on under codes as indexes write them, and counts those whose codes no loaded edition lists.
struct TermSink {
    private let system: CodeSystem
    private(set) var tally = RowTally()

    init(_ system: CodeSystem) { self.system = system }

    /// Adds a term at every code of a cell. A dash at the end of a code ("H93.29-") says that more characters are needed: the
    /// term then stands at the heading.
    ///
    /// - Throws: what `sink` throws beyond unknown codes.
    mutating func add(
        _ kind: TermRecord.Kind, _ text: String, optional: String = "", at written: String, line: Int,
        into sink: inout some RecordSink
    ) throws {
        tally.read()
        guard let code = code(written) else {
            return tally.refuseMalformed(line: line, "“\(written.prefix(20))” is no code")
        }
        do {
            try sink.add(TermRecord(code: code, kind: kind, text: text, optional: optional))
            tally.keep()
        } catch SnapshotBuildError.unknownCode {
            tally.refuse(line: line, "\(code) is in no loaded edition")
        }
    }

    /// The canonical form of a code as an index writes it; nil when it is none.
    func code(_ written: String) -> String? {
        var text = written.filter { $0 != " " }
        while let last = text.last, last == "-" || last == "." { text.removeLast() }
        return text.isEmpty ? nil : CodeForm.canonical(text, in: system)
    }
}
