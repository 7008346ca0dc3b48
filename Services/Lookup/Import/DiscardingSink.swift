/// Takes records and keeps none.
struct DiscardingSink: RecordSink {
    mutating func add(_ code: CodeRecord) throws {}
    mutating func add(_ note: NoteRecord) throws {}
    mutating func add(_ fact: FactRecord) throws {}
    mutating func add(_ text: TextRecord) throws {}
    mutating func add(_ term: TermRecord) throws {}
}
