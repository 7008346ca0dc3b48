extension AccountsSchema {
    // `kind`: EntryKind; `bucket`: Bucket. An entry is a transfer between two accounts of its subject's feature, which
    // the view spells out: what one gets the other gives, so that all postings sum to 0. `grants` and `ledger_notes`
    // say why somebody was given something; they are as unchangeable as the ledger.
    static let grantsAndHolds = """
        ALTER TABLE entries ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE entries ADD COLUMN bucket INTEGER NOT NULL DEFAULT 0;
        DROP TRIGGER entries_are_never_changed;
        UPDATE entries SET bucket = -1 WHERE remaining = -1 AND item <> '';
        CREATE TRIGGER entries_are_never_changed BEFORE UPDATE ON entries
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE INDEX entries_by_bucket ON entries (subject, bucket, amount) WHERE bucket > 0;
        CREATE TABLE grants (
            id INTEGER PRIMARY KEY,
            subject TEXT NOT NULL,
            feature INTEGER NOT NULL,
            amount INTEGER NOT NULL CHECK (amount > 0),
            priority INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            granted_at INTEGER NOT NULL,
            reason TEXT NOT NULL,
            granted_by TEXT NOT NULL
        ) STRICT;
        CREATE INDEX grants_by_subject ON grants (subject, feature, expires_at);
        CREATE TRIGGER grants_are_never_changed BEFORE UPDATE ON grants
            BEGIN SELECT RAISE(ABORT, 'grants are append-only'); END;
        CREATE TRIGGER grants_are_never_deleted BEFORE DELETE ON grants
            BEGIN SELECT RAISE(ABORT, 'grants are append-only'); END;
        CREATE TABLE holds (
            id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
            subject TEXT NOT NULL,
            feature INTEGER NOT NULL,
            period INTEGER NOT NULL,
            item TEXT NOT NULL,
            step INTEGER NOT NULL,
            bucket INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            state INTEGER NOT NULL,
            closed_at INTEGER
        ) WITHOUT ROWID, STRICT;
        CREATE INDEX holds_open ON holds (expires_at) WHERE state = 0;
        CREATE INDEX holds_closed ON holds (closed_at) WHERE state <> 0;
        CREATE VIEW postings (subject, feature, period, item, step, account, amount) AS
            SELECT subject, feature, period, item, step, 'purse ' || bucket, amount FROM entries
                WHERE bucket >= 0 AND kind <> 2
            UNION ALL SELECT subject, feature, period, item, step, 'issuer', amount FROM entries
                WHERE bucket < 0 AND kind <> 2
            UNION ALL SELECT subject, feature, period, item, step,
                CASE WHEN kind IN (1, 3, 6) THEN 'held' WHEN item = '' THEN 'issuer' ELSE 'used' END, -amount
                FROM entries WHERE kind <> 2
            UNION ALL SELECT subject, feature, period, item, step, 'held', -1 FROM entries WHERE kind = 2
            UNION ALL SELECT subject, feature, period, item, step, 'used', 1 FROM entries WHERE kind = 2;
        """
}
