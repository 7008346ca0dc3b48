import GRDB
import Storage

/// The passages that answers are made from, in a file of their own: adding a large document holds up no conversation.
package struct KnowledgeStore: Sendable {
    /// More are no knowledge base of one desk any more; the search would lose its few milliseconds.
    static let mostPassages = 50_000
    /// What the index gives the ranking.
    static let mostFound = 60
    /// Words of a question that are looked up.
    static let mostWords = 40
    /// What stands between headings in their column; no text holds it.
    private static let separator = "\u{1f}"

    private let store: Store

    /// Opens the file, makes it when it is missing, and brings its schema up to date.
    /// - Throws: `StorageError`, see `Store.init`.
    package init(path: String) throws {
        store = try Store(StoreConfiguration(path: path, migrations: Self.migrations))
    }

    /// Puts a document in the place of the one with its name, whole or not at all.
    func put(_ document: KnowledgeDocument, _ passages: [Passage]) async throws {
        // Words are taken before the writer's turn: everybody waits for a closure.
        let rows = passages.map { passage in
            (
                passage, KnowledgeWords.words(of: passage.headings.joined(separator: " ")).joined(separator: " "),
                KnowledgeWords.words(of: passage.text).joined(separator: " ")
            )
        }
        try await store.writer.write { database in
            try Self.delete(document.name, in: database)
            try database.run(
                """
                INSERT INTO document (name, title, format, edition, effective_date, rights, file, sha256, added_at, passages)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .text(document.name), .text(document.title), .text(document.format.rawValue),
                    .text(document.edition), .text(document.effectiveDate), .text(document.rights),
                    .text(document.file), .text(document.sha256), .integer(document.addedAt),
                    .integer(Int64(passages.count)),
                ])
            for (passage, heading, body) in rows {
                try database.run(
                    "INSERT INTO passage (document, headings, page, text) VALUES (?, ?, ?, ?)",
                    [
                        .text(document.name), .text(passage.headings.joined(separator: Self.separator)),
                        .text(passage.page), .text(passage.text),
                    ])
                try database.run(
                    "INSERT INTO passage_search (rowid, headings, body) VALUES (?, ?, ?)",
                    [.integer(database.lastInsertedRowID), .text(heading), .text(body)])
            }
        }
    }

    /// Removes a document.
    /// - Returns: how many passages it had; nil: there is none of the name.
    func remove(_ name: String) async throws -> Int? {
        try await store.writer.write { database in try Self.delete(name, in: database) }
    }

    /// All documents in the order of their names, at most 1 000.
    func documents() throws -> [KnowledgeDocument] {
        try store.read { database in
            try database.all(
                """
                SELECT name, title, format, edition, effective_date, rights, file, sha256, added_at, passages
                FROM document ORDER BY name
                """, limit: 1_000
            ) { row in
                KnowledgeDocument(
                    name: row.text(0), title: row.text(1), format: DocumentFormat(rawValue: row.text(2)) ?? .text,
                    edition: row.text(3), effectiveDate: row.text(4), rights: row.text(5), file: row.text(6),
                    sha256: row.text(7), addedAt: row.integer(8), passages: Int(row.integer(9)))
            }
        }
    }

    /// How many passages there are in all.
    func passageCount() throws -> Int {
        try store.read { database in
            try database.first("SELECT coalesce(sum(passages), 0) FROM document") { Int($0.integer(0)) } ?? 0
        }
    }

    /// The passages that have words of a text, best first as BM25 says; `PassageRanking` orders them further.
    /// - Complexity: a few milliseconds, in place.
    func search(_ words: [String], document: String = "") throws -> [FoundPassage] {
        var seen: Set<String> = []
        let terms = words.filter { $0.utf8.count <= 64 && seen.insert($0).inserted }.prefix(Self.mostWords)
        guard !terms.isEmpty else { return [] }
        // Letters and digits only, each a string of its own: no word can be an operator.
        let query = terms.map { "\"\($0)\"" }.joined(separator: " OR ")
        return try store.read { database in
            try database.all(
                Self.searching, [.text(query), .text(document), .integer(Int64(Self.mostFound))], limit: Self.mostFound
            ) { row in Self.found(row) }
        }
    }

    /// One passage by its id.
    func passage(_ id: PassageID) throws -> FoundPassage? {
        try store.read { database in
            try database.first(
                Self.columns + " 0.0 FROM passage p JOIN document d ON d.name = p.document WHERE p.id = ?",
                [.integer(id.value)]
            ) { row in Self.found(row) }
        }
    }

    /// Finishes and closes the file.
    package func close() throws { try store.close() }

    private static let columns = """
        SELECT p.id, p.document, p.headings, p.page, p.text, d.title, d.file, d.edition, d.effective_date, d.sha256, d.rights,
        """

    /// A heading says more of a passage than a word in it: it weighs three times.
    private static let searching =
        columns + """
             CAST(-bm25(passage_search, 3.0, 1.0) * 1000000 AS INTEGER) FROM passage_search
            JOIN passage p ON p.id = passage_search.rowid JOIN document d ON d.name = p.document
            WHERE passage_search MATCH ?1 AND (?2 = '' OR p.document = ?2)
            ORDER BY bm25(passage_search, 3.0, 1.0) LIMIT ?3
            """

    private static func found(_ row: borrowing PreparedRow) -> FoundPassage {
        FoundPassage(
            id: PassageID(value: row.integer(0)), document: row.text(1),
            passage: Passage(
                headings: row.text(2).split(separator: separator).map(String.init), page: row.text(3),
                text: row.text(4)),
            source: SourceNote(
                name: row.text(5), file: row.text(6), edition: row.text(7), effectiveDate: row.text(8),
                sha256: row.text(9), rights: row.text(10)),
            relevance: Double(row.integer(11)) / 1_000_000)
    }

    @discardableResult
    private static func delete(_ name: String, in database: Database) throws -> Int? {
        let count = try database.first("SELECT passages FROM document WHERE name = ?", [.text(name)]) {
            Int($0.integer(0))
        }
        guard let count else { return nil }
        try database.run(
            "DELETE FROM passage_search WHERE rowid IN (SELECT id FROM passage WHERE document = ?)", [.text(name)])
        try database.run("DELETE FROM passage WHERE document = ?", [.text(name)])
        try database.run("DELETE FROM document WHERE name = ?", [.text(name)])
        return count
    }

    /// Append-only: a released step keeps its name, place and content.
    private static let migrations = [
        Migration(
            "001 documents",
            sql: """
                CREATE TABLE document (
                    name TEXT NOT NULL PRIMARY KEY,
                    title TEXT NOT NULL,
                    format TEXT NOT NULL,
                    edition TEXT NOT NULL,
                    effective_date TEXT NOT NULL,
                    rights TEXT NOT NULL,
                    file TEXT NOT NULL,
                    sha256 TEXT NOT NULL,
                    added_at INTEGER NOT NULL,
                    passages INTEGER NOT NULL
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE passage (
                    id INTEGER PRIMARY KEY AUTOINCREMENT,
                    document TEXT NOT NULL,
                    headings TEXT NOT NULL,
                    page TEXT NOT NULL,
                    text TEXT NOT NULL
                ) STRICT;
                CREATE INDEX passage_by_document ON passage (document);
                CREATE VIRTUAL TABLE passage_search USING fts5(headings, body, tokenize = 'unicode61');
                """)
    ]
}
