import Lookup

/// Passes records on but keeps a part of the index terms back, to be searched for: a term is never in what it is tested with.
struct WithholdingSink<Sink: RecordSink>: RecordSink {
    private(set) var sink: Sink
    private(set) var withheld: [TermRecord] = []

    /// About one in twenty.
    private static var share: Int { 12 }

    init(_ sink: Sink) { self.sink = sink }

    mutating func add(_ term: TermRecord) throws {
        let digest = FileDigest.sha256(Array(term.text.utf8))
        if term.kind == .index, (Int(digest.prefix(2), radix: 16) ?? 255) < Self.share {
            withheld.append(term)
        } else {
            try sink.add(term)
        }
    }

    mutating func add(_ code: CodeRecord) throws { try sink.add(code) }
    mutating func add(_ note: NoteRecord) throws { try sink.add(note) }
    mutating func add(_ fact: FactRecord) throws { try sink.add(fact) }
    mutating func add(_ text: TextRecord) throws { try sink.add(text) }
}
