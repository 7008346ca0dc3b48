import Storage

extension PilotStore {
    /// Append-only: a released step keeps its name, place and content.
    static let migrations =
        [
            Migration(
                "001 conversations",
                sql: """
                    CREATE TABLE conversation (
                        id TEXT NOT NULL PRIMARY KEY,
                        owner TEXT NOT NULL,
                        title TEXT NOT NULL,
                        created_at INTEGER NOT NULL,
                        updated_at INTEGER NOT NULL,
                        questions INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX conversation_by_owner ON conversation (owner, updated_at, id);
                    CREATE INDEX conversation_by_age ON conversation (updated_at);
                    CREATE TABLE exchange (
                        trace TEXT NOT NULL PRIMARY KEY,
                        conversation TEXT NOT NULL,
                        owner TEXT NOT NULL,
                        asked_at INTEGER NOT NULL,
                        question TEXT NOT NULL,
                        answer BLOB NOT NULL,
                        trace_data BLOB NOT NULL,
                        verdict TEXT NOT NULL DEFAULT ''
                    ) STRICT;
                    CREATE INDEX exchange_by_conversation ON exchange (conversation, asked_at);
                    CREATE TABLE asked (
                        key BLOB NOT NULL,
                        owner TEXT NOT NULL,
                        question BLOB NOT NULL,
                        trace TEXT NOT NULL,
                        at INTEGER NOT NULL,
                        PRIMARY KEY (owner, key)
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX asked_by_trace ON asked (trace);
                    CREATE TABLE review (
                        trace TEXT NOT NULL PRIMARY KEY,
                        opened_at INTEGER NOT NULL,
                        comment TEXT NOT NULL,
                        state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'right', 'corrected')),
                        resolution TEXT NOT NULL DEFAULT '',
                        reviewer TEXT NOT NULL DEFAULT '',
                        resolved_at INTEGER NOT NULL DEFAULT 0
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX review_open ON review (opened_at) WHERE state = 'open';
                    CREATE TABLE error (
                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                        summary TEXT NOT NULL,
                        found_on TEXT NOT NULL,
                        fixed_on TEXT NOT NULL,
                        told TEXT NOT NULL,
                        code TEXT NOT NULL,
                        written_by TEXT NOT NULL,
                        written_at INTEGER NOT NULL
                    ) STRICT;
                    """)
        ] + caseMigrations
}
