import Glibc
import Storage

/// Writes one snapshot file: every edition in turn, then the indexes.
///
/// Use: `begin`, the records of the edition in the order of the code set, `end`; again for the next edition; `finish` once.
/// A code occurs once in an edition and comes after its parent. Notes, facts and texts may also stand at codes that only
/// another edition of the same system lists, added before (a companion file has no code rows of its own).
///
/// Every `add` throws `SnapshotBuildError` for a record that does not fit, and has then written nothing: the importer may
/// count the row as refused and go on.
package struct SnapshotBuilder: RecordSink {
    /// Longer than any official title or note (the longest HCPCS description has about 1 500 bytes).
    package static let longestText = 20_000

    let connection: SnapshotConnection
    let importedAt: Int64
    private var ledger = CodeLedger()
    private var current: EditionCount?
    private var editions = 0
    private var listings = 0

    /// What has been written of the edition under way.
    private struct EditionCount {
        let id: Int
        let system: CodeSystem
        var codes = 0
        var billable = 0
        var notes = 0
        var facts = 0
        var texts = 0
    }

    /// Where the search index goes; nil: none is written.
    private let indexPath: String?

    /// Creates the file; it must not exist yet.
    /// - Parameters:
    ///   - index: the file of the search index, which must not exist either; nil: none is written.
    ///   - importedAt: seconds since 1970, kept with each edition; the time of day unless given.
    package init(at path: String, index: String?, importedAt: Int64? = nil) throws {
        indexPath = index
        self.importedAt = importedAt ?? Int64(time(nil))
        connection = try SnapshotConnection(creating: path)
        try connection.execute("BEGIN")
        try connection.execute(SnapshotSchema.tables)
        try connection.execute(ReferenceSchema.tables)
        try connection.execute(SearchTerms.tables)
    }

    /// Starts an edition; the one before must have been ended.
    package mutating func begin(_ edition: EditionRecord) throws {
        guard current == nil else { throw SnapshotBuildError.order("an edition began inside another") }
        editions += 1
        let insert = try connection.statement(
            """
            INSERT INTO editions (id, system, source_name, file, edition, effective, ends, sha256, rights, imported_at,
                coverage, licensed, codes, billable_codes, notes, facts, texts, rows_read, rows_kept, rows_refused)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, 0, 0, 0)
            """)
        insert.bind(1, editions)
        insert.bind(2, edition.system.number)
        insert.bind(3, edition.sourceName)
        insert.bind(4, edition.file)
        insert.bind(5, edition.edition)
        insert.bind(6, Int(edition.effective.number))
        insert.bind(7, edition.end.map { Int($0.number) })
        insert.bind(8, edition.sha256)
        insert.bind(9, edition.rights)
        insert.bind(10, Int(importedAt))
        insert.bind(11, edition.coverage.text)
        insert.bind(12, edition.isLicensed ? 1 : 0)
        try insert.run()
        current = EditionCount(id: editions, system: edition.system)
        ledger.begin(edition)
    }

    /// Adds a code or heading to the edition.
    /// - Throws: `SnapshotBuildError` when the record does not fit; then nothing was written.
    package mutating func add(_ code: CodeRecord) throws {
        guard let edition = current else { throw SnapshotBuildError.order("a code outside an edition") }
        guard CodeForm.canonical(code.code, in: edition.system) == code.code else {
            throw SnapshotBuildError.notCanonical(code.code)
        }
        try check(code.title, at: code.code)
        if code.shortTitle.utf8.count > Self.longestText { throw SnapshotBuildError.badText(code: code.code) }
        let entered = try ledger.list(code, as: listings + 1)
        let insert = try connection.statement(
            """
            INSERT INTO listings (id, edition, code, parent, title, short_title, billable, added, retired, title_edition)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        insert.bind(1, listings + 1)
        insert.bind(2, edition.id)
        insert.bind(3, entered.code)
        insert.bind(4, entered.parent)
        insert.bind(5, entered.carried?.long ?? code.title)
        insert.bind(6, code.shortTitle)
        insert.bind(7, code.billable ? 1 : 0)
        insert.bind(8, code.added.map { Int($0.number) })
        insert.bind(9, code.retired.map { Int($0.number) })
        // A stand-in for a title that the file does not give is nobody's wording.
        insert.bind(10, entered.carried?.edition.number ?? (entered.isStandIn ? edition.id : nil))
        try insert.run()
        listings += 1
        current?.codes += 1
        if code.billable { current?.billable += 1 }
    }

    /// Adds a note at a code.
    /// - Throws: `SnapshotBuildError` when the record does not fit; then nothing was written.
    package mutating func add(_ note: NoteRecord) throws {
        let insert = try connection.statement(
            "INSERT INTO notes (code, edition, kind, label, text) VALUES (?, ?, ?, ?, ?)")
        try check(note.text, at: note.code)
        try bindPlace(of: note.code, to: insert)
        insert.bind(3, note.kind.rawValue)
        insert.bind(4, note.label)
        insert.bind(5, note.text)
        try insert.run()
        current?.notes += 1
    }

    /// Adds an indicator of a code.
    /// - Throws: `SnapshotBuildError` when the record does not fit; then nothing was written.
    package mutating func add(_ fact: FactRecord) throws {
        let insert = try connection.statement(
            "INSERT INTO facts (code, edition, name, value, meaning) VALUES (?, ?, ?, ?, ?)")
        try check(fact.name, at: fact.code)
        try bindPlace(of: fact.code, to: insert)
        insert.bind(3, fact.name)
        insert.bind(4, fact.value)
        insert.bind(5, fact.meaning)
        try insert.run()
        current?.facts += 1
    }

    /// Adds a text for a block of a code's page.
    /// - Throws: `SnapshotBuildError` when the record does not fit; then nothing was written.
    package mutating func add(_ text: TextRecord) throws {
        let insert = try connection.statement(
            "INSERT INTO texts (code, edition, block, text, rights) VALUES (?, ?, ?, ?, ?)")
        guard BlockKind(rawValue: text.block) != nil else { throw SnapshotBuildError.badText(code: text.code) }
        try check(text.text, at: text.code)
        try bindPlace(of: text.code, to: insert)
        insert.bind(3, text.block)
        insert.bind(4, text.text)
        insert.bind(5, text.rights)
        try insert.run()
        current?.texts += 1
    }

    /// Adds words under which a code is found.
    /// - Throws: `SnapshotBuildError` when the record does not fit; then nothing was written.
    package mutating func add(_ term: TermRecord) throws {
        let insert = try connection.statement(
            "INSERT INTO terms (code, edition, kind, text, optional) VALUES (?, ?, ?, ?, ?)")
        try check(term.text, at: term.code)
        try bindPlace(of: term.code, to: insert)
        insert.bind(3, term.kind.rawValue)
        insert.bind(4, term.text)
        insert.bind(5, term.optional)
        try insert.run()
    }

    /// Ends the edition with what came of reading its file.
    package mutating func end(_ report: ImportReport) throws {
        guard let edition = current else { throw SnapshotBuildError.order("an end without a beginning") }
        let update = try connection.statement(
            """
            UPDATE editions SET codes = ?2, billable_codes = ?3, notes = ?4, facts = ?5, texts = ?6, rows_read = ?7,
                rows_kept = ?8, rows_refused = ?9 WHERE id = ?1
            """)
        let values = [
            edition.id, edition.codes, edition.billable, edition.notes, edition.facts, edition.texts, report.rowsRead,
            report.rowsKept, report.rowsRefused,
        ]
        for (index, value) in values.enumerated() { update.bind(Int32(index + 1), value) }
        try update.run()
        for refusal in report.refusals {
            let insert = try connection.statement("INSERT INTO refusals (edition, line, reason) VALUES (?, ?, ?)")
            insert.bind(1, edition.id)
            insert.bind(2, refusal.line)
            insert.bind(3, refusal.reason)
            try insert.run()
        }
        ledger.end(holdsCodes: edition.codes > 0)
        current = nil
    }

    /// Builds the indexes and ends the transaction. Publishing puts the file on disk.
    package mutating func finish() throws {
        guard current == nil else { throw SnapshotBuildError.order("the snapshot ended inside an edition") }
        for (index, code) in ledger.codes.enumerated() {
            guard code.latest > 0 else { continue }
            let insert = try connection.statement(
                "INSERT INTO codes (id, system, key, code, latest) VALUES (?, ?, ?, ?, ?)")
            insert.bind(1, index + 1)
            insert.bind(2, code.system.number)
            insert.bind(3, CodeForm.key(code.code))
            insert.bind(4, code.code)
            insert.bind(5, code.latest)
            try insert.run()
        }
        try writeChanges()
        try connection.execute(SnapshotSchema.indexes)
        try connection.execute(ReferenceSchema.indexes)
        try connection.execute(SearchTerms.indexes)
        if let indexPath { try SearchIndexWriter(connection, ledger).write(to: indexPath) }
        try connection.execute("COMMIT; ANALYZE")
    }

    private func writeChanges() throws {
        let changes = CodeSystem.allCases.reduce(into: [:]) { $0[$1] = CodeChanges(of: $1, in: ledger) }
        for (index, code) in ledger.codes.enumerated() {
            for day in changes[code.system]?.days(of: code) ?? [] {
                let insert = try connection.statement("INSERT INTO changes (system, day, code) VALUES (?, ?, ?)")
                insert.bind(1, code.system.number)
                insert.bind(2, Int(day.number))
                insert.bind(3, index + 1)
                try insert.run()
            }
        }
    }

    private func check(_ text: String, at code: String) throws {
        guard !text.isEmpty, text.utf8.count <= Self.longestText else { throw SnapshotBuildError.badText(code: code) }
    }

    /// Binds the code and the edition that a note, fact or text stands at.
    private func bindPlace(of code: String, to insert: SnapshotStatement) throws {
        guard let current else { throw SnapshotBuildError.order("a record outside an edition") }
        guard let id = ledger.id(of: code) else { throw SnapshotBuildError.unknownCode(code) }
        insert.bind(1, id)
        insert.bind(2, current.id)
    }
}
