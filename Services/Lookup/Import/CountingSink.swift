/// Passes records on and remembers the codes.
struct CountingSink<Sink: RecordSink>: RecordSink {
    private(set) var sink: Sink
    private(set) var codes: Set<String> = []
    private(set) var billableCodes = 0

    init(_ sink: Sink) { self.sink = sink }

    mutating func add(_ code: CodeRecord) throws {
        try sink.add(code)
        codes.insert(code.code)
        if code.billable { billableCodes += 1 }
    }

    mutating func add(_ note: NoteRecord) throws { try sink.add(note) }
    mutating func add(_ fact: FactRecord) throws { try sink.add(fact) }
    mutating func add(_ text: TextRecord) throws { try sink.add(text) }
    mutating func add(_ term: TermRecord) throws { try sink.add(term) }
}
