import Storage

extension CodeStore {
    /// The notes that stand at a code itself in an edition.
    func notes(_ code: CodeID, _ text: String, in edition: EditionID) throws -> [NoteRecord] {
        try connection.all(
            "SELECT kind, label, text FROM notes WHERE code = ? AND edition = ? ORDER BY rowid",
            {
                $0.bind(1, code.number)
                $0.bind(2, edition.number)
            }
        ) { row in
            guard let kind = NoteRecord.Kind(rawValue: row.text(0)) else {
                throw SnapshotError.damaged(path: "notes", reason: "unknown kind of note")
            }
            return NoteRecord(code: text, kind: kind, label: row.text(1), text: row.text(2))
        }
    }

    /// What a code says it includes, in the edition that lists it newest.
    func inclusionTerms(_ code: CodeID) throws -> [String] {
        try connection.all(
            """
            SELECT n.text FROM codes c JOIN listings l ON l.id = c.latest
            JOIN notes n ON n.code = c.id AND n.edition = l.edition
            WHERE c.id = ? AND n.kind IN ('inclusionTerm', 'includes') ORDER BY n.rowid
            """, { $0.bind(1, code.number) }
        ) { $0.text(0) }
    }

    /// The editions that hold facts of a code, companion files among them, in the order of import.
    func editionsWithFacts(_ code: CodeID) throws -> [EditionID] {
        try connection.all(
            "SELECT DISTINCT edition FROM facts WHERE code = ? ORDER BY edition", { $0.bind(1, code.number) }
        ) { EditionID($0.int(0)) }
        .filter { contents.isVisible($0) && (showsLicensed || !contents.edition($0).record.isLicensed) }
    }

    /// The facts of a code in an edition.
    func facts(_ code: CodeID, _ text: String, in edition: EditionID) throws -> [FactRecord] {
        try connection.all(
            "SELECT name, value, meaning FROM facts WHERE code = ? AND edition = ? ORDER BY rowid",
            {
                $0.bind(1, code.number)
                $0.bind(2, edition.number)
            }
        ) { FactRecord(code: text, name: $0.text(0), value: $0.text(1), meaning: $0.text(2)) }
    }

    /// The texts written for one block of a code's page, with the editions that they are in, in the order of import.
    /// Licensed texts are left out for readers who may not see them.
    func texts(_ code: CodeID, _ text: String, for block: BlockKind) throws -> [(EditionID, TextRecord)] {
        let all = try connection.all(
            "SELECT edition, text, rights FROM texts WHERE code = ? AND block = ? ORDER BY rowid",
            {
                $0.bind(1, code.number)
                $0.bind(2, block.rawValue)
            }
        ) { row in
            (
                EditionID(row.int(0)),
                TextRecord(code: text, block: block.rawValue, text: row.text(1), rights: row.text(2))
            )
        }
        return all.filter { edition, _ in
            contents.isVisible(edition) && (showsLicensed || !contents.edition(edition).record.isLicensed)
        }
    }

    /// The numbers of the codes of a system whose keys lie between two, in the order of their keys, until `visit` says stop.
    func codes(
        of system: CodeSystem, from low: String, to high: String, until visit: (CodeID, String) throws -> Bool
    ) throws {
        try connection.each(
            "SELECT id, key FROM codes WHERE system = ? AND key >= ? AND key <= ? ORDER BY key",
            {
                $0.bind(1, system.number)
                $0.bind(2, low)
                $0.bind(3, high)
            }
        ) { row in
            try visit(CodeID(row.int(0)), row.text(1))
        }
    }
}
