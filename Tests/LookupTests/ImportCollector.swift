@testable import Lookup

/// Keeps what an importer hands on, for tests to look at.
struct ImportCollector: RecordSink {
    var codes: [CodeRecord] = []
    var notes: [NoteRecord] = []
    var facts: [FactRecord] = []
    var texts: [TextRecord] = []
    var terms: [TermRecord] = []

    mutating func add(_ code: CodeRecord) throws { codes.append(code) }
    mutating func add(_ note: NoteRecord) throws { notes.append(note) }
    mutating func add(_ fact: FactRecord) throws { facts.append(fact) }
    mutating func add(_ text: TextRecord) throws { texts.append(text) }
    mutating func add(_ term: TermRecord) throws { terms.append(term) }

    /// The record of a code.
    func code(_ code: String) -> CodeRecord? { codes.first { $0.code == code } }

    /// The meaning of a code's indicator.
    func fact(_ code: String, _ name: String) -> FactRecord? { facts.first { $0.code == code && $0.name == name } }
}
