/// The tables of a snapshot that hold reference files. Every row names the file that it comes from.
///
/// Fees, localities, drugs and coverage documents are `reference_rows`: a key, a variant, and the fields that their type
/// names, separated by tabs. Codes are stored as `ProcedureCode.number`, days as YYYYMMDD. `pairs` has one row a column-one code: its blob is a run
/// of records of six bytes, little-endian, in order: the column-two code (4), the window (2). 1.6 million pairs take
/// 10 MB so, and a claim of 20 lines reads 20 rows. `pairs_by_second` holds the same records by the column-two code, each naming the
/// column-one code, for the code page.
enum ReferenceSchema {
    static let tables = """
        CREATE TABLE reference_files (
            id INTEGER PRIMARY KEY, kind TEXT NOT NULL, source_name TEXT NOT NULL, file TEXT NOT NULL,
            edition TEXT NOT NULL, effective INTEGER NOT NULL, ends INTEGER, sha256 TEXT NOT NULL, rights TEXT NOT NULL,
            imported_at INTEGER NOT NULL, entries INTEGER NOT NULL, rows_read INTEGER NOT NULL,
            rows_kept INTEGER NOT NULL, rows_refused INTEGER NOT NULL) STRICT;
        CREATE TABLE reference_refusals (file INTEGER NOT NULL, line INTEGER NOT NULL, reason TEXT NOT NULL) STRICT;
        CREATE TABLE pairs (
            file INTEGER NOT NULL, code INTEGER NOT NULL, seconds BLOB NOT NULL, PRIMARY KEY (file, code))
            STRICT, WITHOUT ROWID;
        CREATE TABLE pairs_by_second (
            file INTEGER NOT NULL, code INTEGER NOT NULL, seconds BLOB NOT NULL, PRIMARY KEY (file, code))
            STRICT, WITHOUT ROWID;
        CREATE TABLE pair_windows (
            file INTEGER NOT NULL, number INTEGER NOT NULL, effective INTEGER NOT NULL, deleted INTEGER,
            indicator INTEGER NOT NULL, rationale TEXT NOT NULL, PRIMARY KEY (file, number)) STRICT, WITHOUT ROWID;
        CREATE TABLE unit_limits (
            file INTEGER NOT NULL, code INTEGER NOT NULL, units INTEGER NOT NULL, measure INTEGER NOT NULL,
            rationale TEXT NOT NULL, PRIMARY KEY (file, code)) STRICT, WITHOUT ROWID;
        CREATE TABLE add_ons (
            file INTEGER NOT NULL, code INTEGER NOT NULL, main INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER,
            kind INTEGER NOT NULL, PRIMARY KEY (file, code, main, first)) STRICT, WITHOUT ROWID;
        CREATE TABLE editor_spans (
            file INTEGER NOT NULL, subject INTEGER NOT NULL, code TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER,
            youngest INTEGER NOT NULL, oldest INTEGER NOT NULL, flags INTEGER NOT NULL,
            PRIMARY KEY (file, subject, code, first)) STRICT, WITHOUT ROWID;
        CREATE TABLE modifier_conflicts (
            file INTEGER NOT NULL, modifier TEXT NOT NULL, other TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER,
            PRIMARY KEY (file, modifier, other, first)) STRICT, WITHOUT ROWID;
        CREATE TABLE editor_texts (
            file INTEGER NOT NULL, number INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER, name TEXT NOT NULL,
            text TEXT NOT NULL, PRIMARY KEY (file, number, first)) STRICT, WITHOUT ROWID;
        CREATE TABLE mappings (
            file INTEGER NOT NULL, source TEXT NOT NULL, place INTEGER NOT NULL, target TEXT NOT NULL,
            flags INTEGER NOT NULL, scenario INTEGER NOT NULL, choice INTEGER NOT NULL,
            PRIMARY KEY (file, source, place)) STRICT, WITHOUT ROWID;
        CREATE TABLE reference_rows (
            file INTEGER NOT NULL, key TEXT NOT NULL, variant TEXT NOT NULL, fields TEXT NOT NULL,
            PRIMARY KEY (file, key, variant)) STRICT, WITHOUT ROWID;
        """

    static let indexes = """
        CREATE INDEX reference_rows_by_variant ON reference_rows (file, variant);
        CREATE INDEX add_ons_by_main ON add_ons (file, main);
        """

    /// What `editor_spans.subject` says the code is.
    enum Subject: Int {
        case procedure = 1
        case diagnosis = 2
        case modifier = 3
    }

    /// Bytes of a record of `pairs.seconds`.
    static let pairBytes = 6

    /// Tables whose rows `entries` counts, beside the records of `pairs`.
    static let counted = [
        "unit_limits", "add_ons", "editor_spans", "modifier_conflicts", "editor_texts", "mappings", "reference_rows",
    ]
}
