import Mail
package import Storage

/// The tables of `jobs.sqlite`. Append-only: a released step keeps its name, place and content.
package enum JobsSchema {
    /// Oldest first.
    package static let migrations = [
        Migration("001 credentials", sql: credentials),
        Migration("002 employers", sql: employers),
        Migration("003 postings", sql: postings),
        Migration("004 seekers", sql: seekers),
        Migration("005 places", sql: places),
        Migration("006 searches", sql: searches),
        Migration("007 links", sql: links),
        Outbox.migration("008 outbox"),
    ]

    private static let credentials = """
        CREATE TABLE credential (
            abbreviation TEXT NOT NULL PRIMARY KEY,
            position INTEGER NOT NULL UNIQUE,
            name TEXT NOT NULL,
            awarded_by TEXT NOT NULL CHECK (awarded_by IN ('AAPC', 'AHIMA'))
        ) STRICT, WITHOUT ROWID;
        INSERT INTO credential (position, abbreviation, name, awarded_by) VALUES
            (1, 'CPC', 'Certified Professional Coder', 'AAPC'),
            (2, 'CPC-A', 'Certified Professional Coder – Apprentice', 'AAPC'),
            (3, 'COC', 'Certified Outpatient Coder', 'AAPC'),
            (4, 'CIC', 'Certified Inpatient Coder', 'AAPC'),
            (5, 'CRC', 'Certified Risk Adjustment Coder', 'AAPC'),
            (6, 'CPB', 'Certified Professional Biller', 'AAPC'),
            (7, 'CCS', 'Certified Coding Specialist', 'AHIMA'),
            (8, 'CCS-P', 'Certified Coding Specialist – Physician-based', 'AHIMA'),
            (9, 'CCA', 'Certified Coding Associate', 'AHIMA'),
            (10, 'RHIT', 'Registered Health Information Technician', 'AHIMA'),
            (11, 'RHIA', 'Registered Health Information Administrator', 'AHIMA');
        """

    // Moments are seconds since 1970, days are days since 1970-01-01.
    private static let employers = """
        CREATE TABLE employer (
            id TEXT NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            domain TEXT NOT NULL UNIQUE,
            website TEXT NOT NULL,
            about TEXT NOT NULL,
            verified_at INTEGER,
            sample INTEGER NOT NULL DEFAULT 0,
            organisation TEXT NOT NULL DEFAULT '',
            created_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX employer_by_organisation ON employer (organisation) WHERE organisation <> '';
        CREATE TABLE employer_member (
            account TEXT NOT NULL,
            employer TEXT NOT NULL REFERENCES employer (id) ON DELETE CASCADE,
            role TEXT NOT NULL CHECK (role IN ('owner', 'member')),
            PRIMARY KEY (account, employer)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX employer_member_by_employer ON employer_member (employer);
        CREATE TABLE domain_proof (
            employer TEXT NOT NULL REFERENCES employer (id) ON DELETE CASCADE,
            token_hash BLOB NOT NULL,
            started_at INTEGER NOT NULL,
            PRIMARY KEY (employer, token_hash)
        ) STRICT, WITHOUT ROWID;
        """

    // `live` is the revision on the board (0: never approved), `head` the latest.
    private static let postings = """
        CREATE TABLE posting (
            id TEXT NOT NULL PRIMARY KEY,
            employer TEXT NOT NULL REFERENCES employer (id) ON DELETE CASCADE,
            state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'rejected', 'published', 'closed')),
            close_reason TEXT CHECK (close_reason IN ('expired', 'filled', 'withdrawn', 'moderated')),
            rejection TEXT NOT NULL DEFAULT '',
            live INTEGER NOT NULL DEFAULT 0,
            head INTEGER NOT NULL,
            valid_through INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            submitted_at INTEGER,
            published_at INTEGER,
            closed_at INTEGER,
            reminded_for INTEGER,
            updated_at INTEGER NOT NULL,
            link_key TEXT NOT NULL DEFAULT '',
            job_key TEXT NOT NULL DEFAULT '',
            feed_id TEXT,
            views INTEGER NOT NULL DEFAULT 0,
            clicks INTEGER NOT NULL DEFAULT 0
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX posting_by_employer ON posting (employer, created_at);
        CREATE INDEX posting_by_day ON posting (valid_through) WHERE state = 'published';
        CREATE INDEX posting_waiting ON posting (submitted_at) WHERE submitted_at IS NOT NULL;
        CREATE INDEX posting_by_link ON posting (link_key) WHERE link_key <> '';
        CREATE INDEX posting_by_job ON posting (job_key) WHERE job_key <> '';
        CREATE UNIQUE INDEX posting_by_feed ON posting (employer, feed_id) WHERE feed_id IS NOT NULL;
        CREATE TABLE revision (
            posting TEXT NOT NULL REFERENCES posting (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            at INTEGER NOT NULL,
            account TEXT NOT NULL,
            content TEXT NOT NULL,
            PRIMARY KEY (posting, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE shingle (
            hash INTEGER NOT NULL,
            posting TEXT NOT NULL REFERENCES posting (id) ON DELETE CASCADE,
            PRIMARY KEY (hash, posting)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX shingle_by_posting ON shingle (posting);
        CREATE TABLE report (
            posting TEXT NOT NULL REFERENCES posting (id) ON DELETE CASCADE,
            account TEXT NOT NULL,
            reason TEXT NOT NULL,
            text TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (posting, account)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX report_by_time ON report (at);
        CREATE TABLE seen (
            day INTEGER NOT NULL,
            posting TEXT NOT NULL,
            kind TEXT NOT NULL,
            viewer BLOB NOT NULL,
            PRIMARY KEY (day, posting, kind, viewer)
        ) STRICT, WITHOUT ROWID;
        """

    private static let seekers = """
        CREATE TABLE saved_job (
            account TEXT NOT NULL,
            posting TEXT NOT NULL REFERENCES posting (id) ON DELETE CASCADE,
            at INTEGER NOT NULL,
            PRIMARY KEY (account, posting)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE profile (
            account TEXT NOT NULL PRIMARY KEY,
            content TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE application (
            id TEXT NOT NULL PRIMARY KEY,
            posting TEXT NOT NULL REFERENCES posting (id) ON DELETE CASCADE,
            account TEXT NOT NULL,
            name TEXT NOT NULL,
            email TEXT NOT NULL,
            phone TEXT NOT NULL,
            cover TEXT NOT NULL,
            resume TEXT NOT NULL,
            resume_name TEXT NOT NULL,
            stage TEXT NOT NULL,
            note TEXT NOT NULL DEFAULT '',
            at INTEGER NOT NULL,
            UNIQUE (posting, account)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX application_by_account ON application (account);
        CREATE TABLE resume_upload (
            file TEXT NOT NULL PRIMARY KEY,
            account TEXT NOT NULL,
            at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX resume_upload_by_account ON resume_upload (account);
        """

    private static let places = """
        CREATE TABLE place (
            postal_code TEXT NOT NULL PRIMARY KEY,
            city TEXT NOT NULL,
            city_key TEXT NOT NULL,
            state TEXT NOT NULL,
            latitude REAL NOT NULL,
            longitude REAL NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX place_by_city ON place (city_key, state);
        """

    // `due_at` is null for those that are never mailed. `sent_job` is what keeps a posting from being mailed twice.
    private static let searches = """
        CREATE TABLE saved_search (
            id TEXT NOT NULL PRIMARY KEY,
            account TEXT NOT NULL,
            name TEXT NOT NULL,
            query TEXT NOT NULL,
            rhythm TEXT NOT NULL CHECK (rhythm IN ('daily', 'weekly', 'never')),
            created_at INTEGER NOT NULL,
            seen_through INTEGER NOT NULL,
            due_at INTEGER,
            mailed_at INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX saved_search_by_account ON saved_search (account, created_at);
        CREATE INDEX saved_search_due ON saved_search (due_at) WHERE due_at IS NOT NULL;
        CREATE TABLE digest_reader (
            account TEXT NOT NULL PRIMARY KEY,
            token TEXT NOT NULL UNIQUE
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE sent_job (
            account TEXT NOT NULL,
            posting TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (account, posting)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sent_job_by_time ON sent_job (at);
        """

    private static let links = """
        CREATE TABLE link_check (
            posting TEXT NOT NULL PRIMARY KEY REFERENCES posting (id) ON DELETE CASCADE,
            due_at INTEGER NOT NULL,
            failures INTEGER NOT NULL,
            answer TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
}
