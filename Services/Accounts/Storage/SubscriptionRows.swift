import Calendar
import GRDB
import Storage

/// The statements of offers, checkouts, subscriptions and the events that made them.
struct SubscriptionRows {
    let database: Database

    init(_ database: Database) {
        self.database = database
    }

    /// What may be bought, and with `all` what is no longer sold too.
    func offers(all: Bool) throws -> [Offer] {
        try database.all(
            """
            SELECT id, plan, interval, amount, currency, trial_days, team, withdrawn FROM offers
            WHERE ? OR withdrawn = 0 ORDER BY team, amount, id
            """,
            [.integer(all ? 1 : 0)], Self.offer)
    }

    func offer(_ id: String) throws -> Offer? {
        try database.first(
            "SELECT id, plan, interval, amount, currency, trial_days, team, withdrawn FROM offers WHERE id = ?",
            [.text(id)], Self.offer)
    }

    func set(_ offer: Offer) throws {
        try database.run(
            """
            INSERT INTO offers (id, plan, interval, amount, currency, trial_days, team, withdrawn)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET plan = excluded.plan,
                interval = excluded.interval, amount = excluded.amount, currency = excluded.currency,
                trial_days = excluded.trial_days, team = excluded.team, withdrawn = excluded.withdrawn
            """,
            [
                .text(offer.id), .text(offer.plan.text), .text(offer.interval.rawValue), .integer(offer.amount),
                .text(offer.currency), .integer(offer.trialDays), .integer(offer.isTeam ? 1 : 0),
                .integer(offer.isWithdrawn ? 1 : 0),
            ])
    }

    func insert(_ checkout: Checkout) throws {
        try database.run(
            """
            INSERT INTO checkouts (id, payer, account, offer, seats, trial_days, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(checkout.id), .text(checkout.payer.stored), .text(checkout.account.text), .text(checkout.offer),
                .integer(Int64(checkout.seats)), .integer(checkout.trialDays), .integer(checkout.createdAt.seconds),
            ])
    }

    func checkout(_ id: String) throws -> Checkout? {
        try database.first(
            "SELECT id, payer, account, offer, seats, trial_days, created_at FROM checkouts WHERE id = ?", [.text(id)]
        ) { row in
            guard let payer = Payer(stored: row.text(1)), let account = AccountID(row.text(2)) else {
                throw AccountError.unreadableRow(table: "checkouts")
            }
            return Checkout(
                id: row.text(0), payer: payer, account: account, offer: row.text(3), seats: Int(row.integer(4)),
                trialDays: row.integer(5), createdAt: UTCInstant(seconds: row.integer(6)))
        }
    }

    /// How often a payer went off to pay after a moment.
    func checkouts(of payer: Payer, after moment: UTCInstant) throws -> Int {
        try database.first(
            "SELECT count(*) FROM checkouts WHERE payer = ? AND created_at > ?",
            [.text(payer.stored), .integer(moment.seconds)]
        ) { row in Int(row.integer(0)) } ?? 0
    }

    func subscription(_ id: String) throws -> Subscription? {
        try database.first("SELECT \(Self.columns) FROM subscriptions WHERE id = ?", [.text(id)], Self.subscription)
    }

    /// Those of a payer that hold after a moment, the one that lasts longest first.
    func subscriptions(of payer: Payer, endingAfter moment: UTCInstant) throws -> [Subscription] {
        try database.all(
            "SELECT \(Self.columns) FROM subscriptions WHERE payer = ? AND plan_end > ? ORDER BY plan_end DESC",
            [.text(payer.stored), .integer(moment.seconds)], Self.subscription)
    }

    /// Whether a payer has one that holds and is not cancelled: it would go on being paid for.
    func isRunning(_ payer: Payer, at now: UTCInstant) throws -> Bool {
        try subscriptions(of: payer, endingAfter: now).contains { $0.state != .ending && $0.state != .ended }
    }

    /// Whether a payer ever had one: a trial is given once.
    func hasHistory(_ payer: Payer) throws -> Bool {
        try database.first("SELECT 1 FROM subscriptions WHERE payer = ? LIMIT 1", [.text(payer.stored)]) { _ in true }
            ?? false
    }

    func set(_ subscription: Subscription) throws {
        try database.run(
            """
            INSERT INTO subscriptions (id, payer, offer, plan, seats, state, period_end, plan_end, event_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET offer = excluded.offer,
                plan = excluded.plan, seats = excluded.seats, state = excluded.state,
                period_end = excluded.period_end, plan_end = excluded.plan_end, event_at = excluded.event_at
            """,
            [
                .text(subscription.id), .text(subscription.payer.stored), .text(subscription.offer),
                .text(subscription.plan.text), .integer(Int64(subscription.seats)), .text(subscription.state.rawValue),
                .integer(subscription.periodEnd.seconds), .integer(subscription.planEnd.seconds),
                .integer(subscription.eventAt.seconds),
            ])
    }

    /// Notes an event; false when it was noted before.
    func note(_ event: PaymentEvent, outcome: String, at now: UTCInstant) throws -> Bool {
        try database.run(
            """
            INSERT INTO payment_events (id, kind, checkout, at, received_at, outcome) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """,
            [
                .text(event.id), .text(event.kind.rawValue), .text(event.checkout), .integer(event.at.seconds),
                .integer(now.seconds), .text(outcome),
            ])
        return database.changesCount == 1
    }

    /// Forgets checkouts that came to nothing.
    func forgetCheckouts(before moment: UTCInstant) throws {
        try database.run(
            """
            DELETE FROM checkouts WHERE created_at < ?
                AND NOT EXISTS (SELECT 1 FROM subscriptions WHERE subscriptions.id = checkouts.id)
            """,
            [.integer(moment.seconds)])
    }

    private static let columns = "id, payer, offer, plan, seats, state, period_end, plan_end, event_at"

    private static func subscription(_ row: borrowing PreparedRow) throws -> Subscription {
        guard let payer = Payer(stored: row.text(1)), let state = Subscription.State(rawValue: row.text(5)) else {
            throw AccountError.unreadableRow(table: "subscriptions")
        }
        return Subscription(
            id: row.text(0), payer: payer, offer: row.text(2), plan: PlanName(row.text(3)),
            seats: Int(row.integer(4)), state: state, periodEnd: UTCInstant(seconds: row.integer(6)),
            planEnd: UTCInstant(seconds: row.integer(7)), eventAt: UTCInstant(seconds: row.integer(8)))
    }

    private static func offer(_ row: borrowing PreparedRow) throws -> Offer {
        try Offer(
            id: row.text(0), plan: PlanName(row.text(1)), interval: row.text(2), amount: row.integer(3),
            currency: row.text(4), trialDays: row.integer(5), isTeam: row.integer(6) != 0,
            isWithdrawn: row.integer(7) != 0)
    }
}
