extension AccountsSchema {
    // `payer` is `a:ID` or `o:ID`. A subscription has its checkout's id. Of a provider's event only what makes it known
    // again is kept. The first offers are examples: an operator sets his own.
    static let billing = """
        CREATE TABLE offers (
            id TEXT NOT NULL PRIMARY KEY,
            plan TEXT NOT NULL,
            interval TEXT NOT NULL CHECK (interval IN ('month', 'year')),
            amount INTEGER NOT NULL CHECK (amount >= 0),
            currency TEXT NOT NULL,
            trial_days INTEGER NOT NULL,
            team INTEGER NOT NULL,
            withdrawn INTEGER NOT NULL DEFAULT 0
        ) WITHOUT ROWID, STRICT;
        INSERT INTO offers (id, plan, interval, amount, currency, trial_days, team) VALUES
            ('professional-month', 'professional', 'month', 2900, 'USD', 14, 0),
            ('professional-year', 'professional', 'year', 29000, 'USD', 14, 0),
            ('team-month', 'professional', 'month', 2500, 'USD', 0, 1);
        CREATE TABLE checkouts (
            id TEXT NOT NULL PRIMARY KEY,
            payer TEXT NOT NULL,
            account TEXT NOT NULL,
            offer TEXT NOT NULL,
            seats INTEGER NOT NULL,
            trial_days INTEGER NOT NULL,
            created_at INTEGER NOT NULL
        ) WITHOUT ROWID, STRICT;
        CREATE INDEX checkouts_by_age ON checkouts (created_at);
        CREATE TABLE subscriptions (
            id TEXT NOT NULL PRIMARY KEY REFERENCES checkouts (id),
            payer TEXT NOT NULL,
            offer TEXT NOT NULL,
            plan TEXT NOT NULL,
            seats INTEGER NOT NULL,
            state TEXT NOT NULL,
            period_end INTEGER NOT NULL,
            plan_end INTEGER NOT NULL,
            event_at INTEGER NOT NULL
        ) WITHOUT ROWID, STRICT;
        CREATE INDEX subscriptions_by_payer ON subscriptions (payer, plan_end);
        CREATE TABLE payment_events (
            id TEXT NOT NULL PRIMARY KEY,
            kind TEXT NOT NULL,
            checkout TEXT NOT NULL,
            at INTEGER NOT NULL,
            received_at INTEGER NOT NULL,
            outcome TEXT NOT NULL
        ) WITHOUT ROWID, STRICT;
        """
}
