/// The tables of a Lookup snapshot.
///
/// `codes` are codes and headings whatever editions list them; `listings` are codes as one edition lists them, numbered in
/// the order of the code set. Notes, facts and texts stand at a code in an edition, in the order of the file. Days are
/// YYYYMMDD. `title_edition` is the edition that a listing's long title comes from, when its own has only short ones.
/// `changes` are the days on which a code was added, dropped, reworded or dated differently. `editions` also records how many rows of each kind were written, which is compared before publishing.
enum SnapshotSchema {
    /// Files of another format are refused: `PRAGMA user_version`.
    static let format = 4

    static let tables = """
        PRAGMA user_version = \(format);
        CREATE TABLE editions (
            id INTEGER PRIMARY KEY, system INTEGER NOT NULL, source_name TEXT NOT NULL, file TEXT NOT NULL,
            edition TEXT NOT NULL, effective INTEGER NOT NULL, ends INTEGER, sha256 TEXT NOT NULL, rights TEXT NOT NULL,
            coverage TEXT NOT NULL, licensed INTEGER NOT NULL, imported_at INTEGER NOT NULL, codes INTEGER NOT NULL, billable_codes INTEGER NOT NULL,
            notes INTEGER NOT NULL, facts INTEGER NOT NULL, texts INTEGER NOT NULL, rows_read INTEGER NOT NULL,
            rows_kept INTEGER NOT NULL, rows_refused INTEGER NOT NULL) STRICT;
        CREATE TABLE refusals (edition INTEGER NOT NULL, line INTEGER NOT NULL, reason TEXT NOT NULL) STRICT;
        CREATE TABLE codes (
            id INTEGER PRIMARY KEY, system INTEGER NOT NULL, key TEXT NOT NULL, code TEXT NOT NULL,
            latest INTEGER NOT NULL) STRICT;
        CREATE TABLE listings (
            id INTEGER PRIMARY KEY, edition INTEGER NOT NULL, code INTEGER NOT NULL, parent INTEGER,
            title TEXT NOT NULL, short_title TEXT NOT NULL, title_edition INTEGER, billable INTEGER NOT NULL, added INTEGER,
            retired INTEGER) STRICT;
        CREATE TABLE changes (system INTEGER NOT NULL, day INTEGER NOT NULL, code INTEGER NOT NULL) STRICT;
        CREATE TABLE notes (
            code INTEGER NOT NULL, edition INTEGER NOT NULL, kind TEXT NOT NULL, label TEXT NOT NULL,
            text TEXT NOT NULL) STRICT;
        CREATE TABLE facts (
            code INTEGER NOT NULL, edition INTEGER NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
            meaning TEXT NOT NULL) STRICT;
        CREATE TABLE texts (
            code INTEGER NOT NULL, edition INTEGER NOT NULL, block TEXT NOT NULL, text TEXT NOT NULL,
            rights TEXT NOT NULL) STRICT;
        """

    static let indexes = """
        CREATE UNIQUE INDEX codes_by_key ON codes (system, key);
        CREATE UNIQUE INDEX listings_by_code ON listings (code, edition);
        CREATE INDEX listings_by_parent ON listings (edition, parent, id);
        CREATE INDEX listings_by_billable ON listings (edition, billable, id);
        CREATE INDEX changes_by_day ON changes (system, day, code);
        CREATE INDEX facts_by_reference ON facts (value) WHERE name = 'Cross-reference';
        CREATE INDEX notes_by_code ON notes (code, edition);
        CREATE INDEX facts_by_code ON facts (code, edition);
        CREATE INDEX texts_by_code ON texts (code, edition);
        """
}
