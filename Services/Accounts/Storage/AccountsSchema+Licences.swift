extension AccountsSchema {
    // `years` and limits NULL: none. A named user is counted once a calendar year; what an account was shown is kept for
    // its day only.
    static let licences = """
        CREATE TABLE licences (
            id TEXT NOT NULL PRIMARY KEY,
            system TEXT NOT NULL,
            licensee TEXT NOT NULL,
            number TEXT NOT NULL,
            first_year INTEGER,
            last_year INTEGER,
            seats INTEGER,
            starts_on TEXT NOT NULL,
            ends_on TEXT NOT NULL,
            allows_models INTEGER NOT NULL,
            daily_texts INTEGER,
            withdrawn_at INTEGER
        ) WITHOUT ROWID, STRICT;
        CREATE INDEX licences_by_system ON licences (system);
        CREATE TABLE terms (
            system TEXT NOT NULL,
            version TEXT NOT NULL,
            text TEXT NOT NULL,
            published_at INTEGER NOT NULL,
            number INTEGER NOT NULL,
            PRIMARY KEY (system, version)
        ) WITHOUT ROWID, STRICT;
        CREATE TABLE acceptances (
            account TEXT NOT NULL,
            system TEXT NOT NULL,
            version TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (account, system, version)
        ) WITHOUT ROWID, STRICT;
        CREATE TABLE named_users (
            system TEXT NOT NULL,
            year INTEGER NOT NULL,
            account TEXT NOT NULL,
            licence TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (system, year, account)
        ) WITHOUT ROWID, STRICT;
        CREATE TABLE licensed_texts (
            day INTEGER NOT NULL,
            account TEXT NOT NULL,
            system TEXT NOT NULL,
            item TEXT NOT NULL,
            PRIMARY KEY (day, account, system, item)
        ) WITHOUT ROWID, STRICT;
        """
}
