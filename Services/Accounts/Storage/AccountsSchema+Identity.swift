extension AccountsSchema {
    // An address may be registered by several accounts until one of them proves that it is theirs: `logins` says whose it
    // is. So a registration looks the same whether the address had an account before.
    static let identity = """
        CREATE TABLE new_accounts (
            id TEXT NOT NULL PRIMARY KEY,
            email TEXT NOT NULL,
            email_canonical TEXT NOT NULL,
            password_hash TEXT NOT NULL,
            plan TEXT NOT NULL,
            email_verified INTEGER NOT NULL DEFAULT 0,
            created_at INTEGER NOT NULL,
            plan_until INTEGER,
            next_plan TEXT,
            roles TEXT NOT NULL DEFAULT '',
            suspended_at INTEGER,
            totp_secret BLOB,
            totp_pending BLOB,
            totp_step INTEGER NOT NULL DEFAULT 0
        ) WITHOUT ROWID, STRICT;
        INSERT INTO new_accounts (id, email, email_canonical, password_hash, plan, email_verified, created_at)
            SELECT id, email, email_canonical, password_hash, plan, email_verified, created_at FROM accounts;
        CREATE TABLE logins (
            email_canonical TEXT NOT NULL PRIMARY KEY,
            account TEXT NOT NULL
        ) WITHOUT ROWID, STRICT;
        INSERT INTO logins (email_canonical, account) SELECT email_canonical, id FROM accounts;
        CREATE INDEX logins_by_account ON logins (account);
        DROP TABLE accounts;
        ALTER TABLE new_accounts RENAME TO accounts;
        CREATE INDEX accounts_by_email ON accounts (email_canonical);
        ALTER TABLE sessions ADD COLUMN network TEXT NOT NULL DEFAULT '';
        ALTER TABLE sessions ADD COLUMN client TEXT NOT NULL DEFAULT '';
        ALTER TABLE network_days ADD COLUMN registrations INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE api_keys (
            key_hash BLOB NOT NULL PRIMARY KEY CHECK (length(key_hash) = 32),
            account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            scopes TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            last_used_at INTEGER
        ) WITHOUT ROWID, STRICT;
        CREATE INDEX api_keys_by_account ON api_keys (account);
        CREATE TABLE mailed_tokens (
            token_hash BLOB NOT NULL PRIMARY KEY CHECK (length(token_hash) = 32),
            account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
            email TEXT NOT NULL,
            email_canonical TEXT NOT NULL,
            expires_at INTEGER NOT NULL
        ) WITHOUT ROWID, STRICT;
        CREATE INDEX mailed_tokens_by_account ON mailed_tokens (account);
        CREATE INDEX mailed_tokens_by_expiry ON mailed_tokens (expires_at);
        CREATE TABLE recovery_codes (
            account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
            code_hash BLOB NOT NULL,
            PRIMARY KEY (account, code_hash)
        ) WITHOUT ROWID, STRICT;
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            actor TEXT NOT NULL,
            act TEXT NOT NULL,
            target TEXT NOT NULL,
            detail TEXT NOT NULL
        ) STRICT;
        CREATE INDEX audit_by_target ON audit (target);
        CREATE INDEX audit_by_actor ON audit (actor);
        CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
            BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
        CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
            BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
        """
}
