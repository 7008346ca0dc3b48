extension AccountsSchema {
    // A row of `marks` is what somebody keeps about a code. Searches are kept only when their owner wants it.
    static let desk = """
        CREATE TABLE marks (
            account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
            code TEXT NOT NULL,
            favourite INTEGER NOT NULL DEFAULT 0,
            note TEXT NOT NULL DEFAULT '',
            watched INTEGER NOT NULL DEFAULT 0,
            changed_at INTEGER NOT NULL,
            PRIMARY KEY (account, code)
        ) WITHOUT ROWID, STRICT;
        CREATE INDEX marks_watched ON marks (code) WHERE watched = 1;
        CREATE TABLE views (
            account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
            code TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (account, code)
        ) WITHOUT ROWID, STRICT;
        CREATE TABLE searches (
            account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
            text TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (account, text)
        ) WITHOUT ROWID, STRICT;
        ALTER TABLE accounts ADD COLUMN keeps_searches INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX accounts_unverified ON accounts (created_at) WHERE email_verified = 0;
        """

    // Which watcher was told what: kept longer than the mail, so that an edition that is imported again tells nobody twice.
    static let announcements = """
        CREATE TABLE announcements (
            id TEXT NOT NULL PRIMARY KEY,
            at INTEGER NOT NULL
        ) WITHOUT ROWID, STRICT;
        CREATE INDEX announcements_by_age ON announcements (at);
        """
}
