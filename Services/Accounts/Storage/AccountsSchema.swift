import Mail
package import Storage

/// The tables of the store `accounts.sqlite`. Released steps are never edited: append.
package enum AccountsSchema {
    /// Oldest first.
    package static let migrations: [Migration] = [
        Migration("1 plans", sql: plans),
        Migration("2 first plans", sql: firstPlans),
        Migration("3 accounts and sessions", sql: accounts),
        Migration("4 ledger", sql: ledger),
        Migration("5 grants, holds and double entry", sql: grantsAndHolds),
        Migration("6 identity", sql: identity),
        Outbox.migration("7 outbox"),
        Migration("8 licences", sql: licences),
        Migration("9 desk", sql: desk),
        Migration("10 organisations", sql: organisations),
        Migration("11 billing", sql: billing),
        Migration("12 announcements", sql: announcements),
        Migration("13 checkouts by payer", sql: "CREATE INDEX checkouts_by_payer ON checkouts (payer, created_at)"),
    ]

    // `limit` NULL: no limit.
    private static let plans = """
        CREATE TABLE plan_versions (
            plan TEXT NOT NULL,
            effective_date TEXT NOT NULL,
            open_blocks TEXT NOT NULL,
            PRIMARY KEY (plan, effective_date)
        ) WITHOUT ROWID, STRICT;
        CREATE TABLE allowances (
            plan TEXT NOT NULL,
            effective_date TEXT NOT NULL,
            feature TEXT NOT NULL,
            "limit" INTEGER CHECK ("limit" >= 0),
            period TEXT NOT NULL CHECK (period IN ('day', 'month', 'rolling_30_days')),
            PRIMARY KEY (plan, effective_date, feature),
            FOREIGN KEY (plan, effective_date) REFERENCES plan_versions (plan, effective_date)
        ) WITHOUT ROWID, STRICT;
        """

    private static let firstPlans = """
        INSERT INTO plan_versions (plan, effective_date, open_blocks) VALUES
            ('guest', '2025-01-01', 'official,common'),
            ('free', '2025-01-01', 'official,common,clinical,procedure,guidelines,facts,edits,history'),
            ('professional', '2025-01-01', 'official,common,clinical,procedure,guidelines,facts,edits,history');
        INSERT INTO allowances (plan, effective_date, feature, "limit", period) VALUES
            ('guest', '2025-01-01', 'code_page', 1, 'rolling_30_days'),
            ('guest', '2025-01-01', 'casepilot_question', 1, 'day'),
            ('free', '2025-01-01', 'code_page', 5, 'month'),
            ('free', '2025-01-01', 'casepilot_question', 5, 'day'),
            ('free', '2025-01-01', 'caseconsultant_case', 1, 'month'),
            ('professional', '2025-01-01', 'code_page', NULL, 'month'),
            ('professional', '2025-01-01', 'casepilot_question', 200, 'day'),
            ('professional', '2025-01-01', 'caseconsultant_case', 50, 'month');
        """

    private static let accounts = """
        CREATE TABLE accounts (
            id TEXT NOT NULL PRIMARY KEY,
            email TEXT NOT NULL,
            email_canonical TEXT NOT NULL UNIQUE,
            password_hash TEXT NOT NULL,
            plan TEXT NOT NULL,
            email_verified INTEGER NOT NULL DEFAULT 0,
            created_at INTEGER NOT NULL
        ) WITHOUT ROWID, STRICT;
        CREATE TABLE sessions (
            token_hash BLOB NOT NULL PRIMARY KEY CHECK (length(token_hash) = 32),
            account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL
        ) WITHOUT ROWID, STRICT;
        CREATE INDEX sessions_by_account ON sessions (account);
        CREATE INDEX sessions_by_expiry ON sessions (expires_at);
        """

    // One tree, ordered so that the entries of a subject's period lie on one page: an act of opening reads and writes
    // there only. `item` '' is what the plan gives; any other is what was opened. `step` numbers the entries of an
    // item. `remaining` is the balance after the entry, -1 without limit: what a repeated call is answered with.
    private static let ledger = """
        CREATE TABLE entries (
            subject TEXT NOT NULL,
            feature INTEGER NOT NULL,
            period INTEGER NOT NULL,
            item TEXT NOT NULL,
            step INTEGER NOT NULL,
            amount INTEGER NOT NULL,
            remaining INTEGER NOT NULL,
            ends_at INTEGER NOT NULL,
            at INTEGER NOT NULL,
            "key" BLOB,
            PRIMARY KEY (subject, feature, period, item, step)
        ) WITHOUT ROWID, STRICT;
        CREATE UNIQUE INDEX entries_by_key ON entries (subject, "key") WHERE "key" IS NOT NULL;
        CREATE TRIGGER entries_are_never_changed BEFORE UPDATE ON entries
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER entries_are_never_deleted BEFORE DELETE ON entries
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE TABLE carried_grants (
            subject TEXT NOT NULL,
            feature INTEGER NOT NULL,
            item TEXT NOT NULL,
            ends_at INTEGER NOT NULL,
            PRIMARY KEY (subject, feature, item)
        ) WITHOUT ROWID, STRICT;
        CREATE TABLE merged_guests (
            guest TEXT NOT NULL PRIMARY KEY,
            account TEXT NOT NULL,
            at INTEGER NOT NULL
        ) WITHOUT ROWID, STRICT;
        CREATE TABLE network_days (
            day INTEGER NOT NULL,
            network TEXT NOT NULL,
            grants INTEGER NOT NULL,
            PRIMARY KEY (day, network)
        ) WITHOUT ROWID, STRICT;
        """
}
