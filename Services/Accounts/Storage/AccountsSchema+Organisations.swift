extension AccountsSchema {
    // What a team's plan gives is written to its members' own rows (`team_plan`, `team_until`), so that an act of opening
    // still reads one row. An organisation has one owner.
    static let organisations = """
        ALTER TABLE accounts ADD COLUMN display_name TEXT NOT NULL DEFAULT '';
        ALTER TABLE accounts ADD COLUMN team_plan TEXT;
        ALTER TABLE accounts ADD COLUMN team_until INTEGER;
        CREATE INDEX accounts_with_roles ON accounts (created_at) WHERE roles <> '';
        CREATE TABLE organisations (
            id TEXT NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            seats INTEGER NOT NULL,
            licensed_seats INTEGER,
            plan TEXT,
            plan_until INTEGER,
            paid_seats INTEGER NOT NULL DEFAULT 0
        ) WITHOUT ROWID, STRICT;
        CREATE TABLE members (
            organisation TEXT NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
            account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
            role TEXT NOT NULL CHECK (role IN ('owner', 'manager', 'member')),
            joined_at INTEGER NOT NULL,
            PRIMARY KEY (organisation, account)
        ) WITHOUT ROWID, STRICT;
        CREATE UNIQUE INDEX members_owner ON members (organisation) WHERE role = 'owner';
        CREATE INDEX members_by_age ON members (organisation, joined_at, account);
        CREATE INDEX members_by_account ON members (account, joined_at);
        CREATE TABLE invitations (
            token_hash BLOB NOT NULL PRIMARY KEY CHECK (length(token_hash) = 32),
            organisation TEXT NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
            email TEXT NOT NULL,
            email_canonical TEXT NOT NULL,
            role TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL
        ) WITHOUT ROWID, STRICT;
        CREATE UNIQUE INDEX invitations_by_address ON invitations (organisation, email_canonical);
        CREATE INDEX invitations_by_expiry ON invitations (expires_at);
        CREATE INDEX invitations_by_email ON invitations (email_canonical);
        ALTER TABLE named_users ADD COLUMN organisation TEXT NOT NULL DEFAULT '';
        CREATE INDEX named_users_by_organisation ON named_users (system, year, organisation) WHERE organisation <> '';
        """
}
