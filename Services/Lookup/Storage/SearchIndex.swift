import Storage

/// The word index of a snapshot, the only place that knows how words are found. An index of our own will take its place;
/// what callers see stays: documents in a fixed order of quality, and the places in that order which hold all words asked for.
///
/// Now FTS5 without content: the rowid is the place in the order. Current codes come before retired ones, short titles before
/// long ones: since every match holds all words, that is close to BM25 order and costs nothing at query time.
struct SearchIndex: Sendable {
    /// All codes, best first.
    let documents: [SearchDocument]
    /// By code number minus one, the place in `documents`.
    private let places: [Int32]

    static let tables = """
        CREATE VIRTUAL TABLE search USING fts5 (
            title, terms, content = '', columnsize = 0, detail = 'column', prefix = '2 3', tokenize = 'ascii');
        CREATE VIRTUAL TABLE search_words USING fts5vocab ('search', 'row');
        CREATE TABLE documents (id INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;
        """

    /// Loads the documents of an opened snapshot.
    init(_ connection: SnapshotConnection) throws {
        documents =
            try connection.first("SELECT data FROM documents WHERE id = 1") { row in
                row.withBytes(0) { bytes in
                    (0..<bytes.count / SearchDocument.size).map { SearchDocument.read(bytes, at: $0) }
                }
            } ?? []
        var places = [Int32](repeating: -1, count: Int(documents.map(\.code).max() ?? 0))
        for (place, document) in documents.enumerated() where document.code > 0 {
            places[Int(document.code) - 1] = Int32(place)
        }
        self.places = places
    }

    /// The document of a code.
    func place(of code: CodeID) -> Int? {
        guard code.number > 0, code.number <= places.count, places[code.number - 1] >= 0 else { return nil }
        return Int(places[code.number - 1])
    }

    /// Calls `visit` with the places of the documents that hold all the words, best first, until it returns false.
    func find(
        _ words: [SearchWord], in connection: SnapshotConnection, until visit: (Int) throws -> Bool
    ) throws {
        guard !words.isEmpty else { return }
        let expression = words.map(Self.expression).joined(separator: " AND ")
        try connection.each("SELECT rowid FROM search WHERE search MATCH ?", { $0.bind(1, expression) }) { row in
            try visit(row.int(0) - 1)
        }
    }

    /// In how many documents a word occurs; for an unfinished word at least one when there is any.
    func frequency(of word: SearchWord, in connection: SnapshotConnection) throws -> Int {
        let exact =
            try connection.first("SELECT doc FROM search_words WHERE term = ?", { $0.bind(1, word.stem) }) {
                $0.int(0)
            } ?? 0
        if exact > 0 || !word.unfinished { return exact }
        var longer = 0
        try find([word], in: connection) { _ in
            longer += 1
            return longer < 1_000
        }
        return longer
    }

    /// Words are ASCII letters and digits only, so nothing in them can be query syntax.
    private static func expression(_ word: SearchWord) -> String {
        word.unfinished && word.folded.utf8.count >= 2
            ? "(\"\(word.stem)\" OR \"\(word.folded)\"*)" : "\"\(word.stem)\""
    }
}
