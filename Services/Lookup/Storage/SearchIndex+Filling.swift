import Storage

extension SearchIndex {
    /// What is indexed of a code.
    private struct Entry {
        var document: SearchDocument
        var title: [UInt8]
    }

    /// Writes the index of all codes: titles, and in a column of their own the code itself, what it includes and the titles
    /// that other editions give it.
    static func fill(_ connection: SnapshotConnection, with ledger: CodeLedger) throws {
        var entries: [Entry] = []
        entries.reserveCapacity(ledger.codes.count)
        try connection.each(
            "SELECT c.id, l.title FROM codes c JOIN listings l ON l.id = c.latest ORDER BY c.id", { _ in }
        ) { row in
            let code = ledger.codes[row.int(0) - 1]
            var title: [UInt8] = []
            let words = Words.append(row.text(1), to: &title)
            entries.append(Entry(document: document(code, row.int(0), words: words, ledger), title: title))
            return true
        }
        entries.sort { rank($0.document) < rank($1.document) }
        var data: [UInt8] = []
        data.reserveCapacity(entries.count * SearchDocument.size)
        for (place, entry) in entries.enumerated() {
            let insert = try connection.statement("INSERT INTO search (rowid, title, terms) VALUES (?, ?, ?)")
            let code = ledger.codes[Int(entry.document.code) - 1]
            insert.bind(1, place + 1)
            insert.bind(2, String(decoding: entry.title, as: UTF8.self))
            insert.bind(3, try terms(of: code, number: Int(entry.document.code), connection))
            try insert.run()
            entry.document.append(to: &data)
        }
        let insert = try connection.statement("INSERT INTO documents (id, data) VALUES (1, ?)")
        insert.bind(1, blob: data)
        try insert.run()
        try connection.execute("INSERT INTO search (search) VALUES ('optimize')")
    }

    private static func document(_ code: CodeLedger.Code, _ number: Int, words: Int, _ ledger: CodeLedger)
        -> SearchDocument
    {
        SearchDocument(
            code: UInt32(number), chapter: UInt32(code.chapter), added: code.added?.number ?? 0,
            retired: ledger.retirement(of: code)?.number ?? 0, system: UInt8(code.system.number),
            billable: code.billable, titleWords: UInt16(clamping: words))
    }

    /// Codes without an end first, then short titles, then the order of systems and codes.
    private static func rank(_ document: SearchDocument) -> UInt64 {
        let ended: UInt64 = document.retired == 0 ? 0 : 1
        return ended << 56 | UInt64(document.titleWords) << 40 | UInt64(document.system) << 32 | UInt64(document.code)
    }

    private static func terms(of code: CodeLedger.Code, number: Int, _ connection: SnapshotConnection) throws -> String
    {
        var terms: [UInt8] = []
        Words.append(CodeForm.key(code.code), to: &terms)
        try connection.each(
            """
            SELECT text FROM notes WHERE code = ?1 AND kind IN ('inclusionTerm', 'includes')
            UNION ALL SELECT title FROM listings WHERE code = ?1 AND id <> ?2
            UNION ALL SELECT short_title FROM listings WHERE id = ?2 AND short_title <> title AND short_title <> ''
            """,
            {
                $0.bind(1, number)
                $0.bind(2, code.latest)
            }
        ) { row in
            Words.append(row.text(0), to: &terms)
            return true
        }
        return String(decoding: terms, as: UTF8.self)
    }
}
