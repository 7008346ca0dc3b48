package import Calendar
import GRDB
package import Mail
package import Storage

/// Offers, checkouts and subscriptions, and what a payment provider's events do to plans.
package struct BillingStore: Sendable {
    /// What became of an event.
    package enum Outcome: String, Sendable {
        case applied
        /// It was applied, or set aside, before.
        case repeated
        /// A later one was applied before, or it does not fit how the subscription stands.
        case outdated
    }

    let store: Store

    /// The subscriptions in `store`.
    package init(_ store: Store) {
        self.store = store
    }

    /// What may be bought, and with `all` what is no longer sold too.
    package func offers(all: Bool) throws -> [Offer] {
        try store.read { database in try SubscriptionRows(database).offers(all: all) }
    }

    /// An offer, sold or not.
    package func offer(_ id: String) throws -> Offer? {
        try store.read { database in try SubscriptionRows(database).offer(id) }
    }

    /// Whether somebody never had a subscription.
    package func mayTry(_ payer: Payer) throws -> Bool {
        try store.read { database in try !SubscriptionRows(database).hasHistory(payer) }
    }

    /// A checkout.
    package func checkout(_ id: String) throws -> Checkout? {
        try store.read { database in try SubscriptionRows(database).checkout(id) }
    }

    /// A subscription.
    package func subscription(_ id: String) throws -> Subscription? {
        try store.read { database in try SubscriptionRows(database).subscription(id) }
    }

    /// Subscriptions of an account and of the organisations that it owns, whose plan ended after a moment.
    package func subscriptions(of account: AccountID, endingAfter moment: UTCInstant) throws -> [Subscription] {
        try store.snapshot { database in
            let rows = SubscriptionRows(database)
            let owned = try OrganisationRows(database).memberships(of: account).filter { $0.role == .owner }
            return try ([.account(account)] + owned.map { Payer.organisation($0.organisation) }).flatMap { payer in
                try rows.subscriptions(of: payer, endingAfter: moment)
            }
        }
    }

    /// Whether an account may pay for a payer: itself, or an organisation that it owns.
    package func owns(_ payer: Payer, _ account: AccountID) throws -> Bool {
        switch payer {
        case .account(let id): id == account
        case .organisation(let id):
            try store.read { database in try OrganisationRows(database).role(of: account, in: id) == .owner }
        }
    }

    /// Sets what can be bought.
    ///
    /// - Throws: `AccountError.exhausted` past the limit; `StorageError`.
    package func set(_ offer: Offer, by actor: String, at now: UTCInstant) async throws {
        try await store.writer.write { database in
            let rows = SubscriptionRows(database)
            guard try rows.offer(offer.id) != nil || rows.offers(all: true).count < Offer.limit else {
                throw AccountError.exhausted("there are at most \(Offer.limit) offers", reason: "too_many_offers")
            }
            try rows.set(offer)
            try AuditRows(database).enter(
                AuditEntry(
                    at: now, actor: actor, act: .offerSet, target: offer.id,
                    detail: "\(offer.plan.text) \(offer.amount) \(offer.currency) \(offer.interval.rawValue)"))
        }
    }

    /// Notes that somebody goes off to pay.
    ///
    /// - Throws: `AccountError.precondition` while a subscription runs, `.exhausted` after too many today; `StorageError`.
    package func start(_ checkout: Checkout) async throws {
        try await store.writer.write { database in
            let rows = SubscriptionRows(database)
            guard try !rows.isRunning(checkout.payer, at: checkout.createdAt) else {
                throw AccountError.precondition("there is a subscription; change that one", reason: "subscribed")
            }
            let yesterday = checkout.createdAt.adding(seconds: -86_400)
            guard try rows.checkouts(of: checkout.payer, after: yesterday) < Checkout.dailyLimit else {
                throw AccountError.exhausted(
                    "you went to pay \(Checkout.dailyLimit) times today; try again tomorrow",
                    reason: "too_many_checkouts")
            }
            try rows.insert(checkout)
            let account = "a:\(checkout.account.text)"
            try AuditRows(database).enter(
                AuditEntry(
                    at: checkout.createdAt, actor: account, act: .checkoutStarted, target: checkout.payer.stored,
                    detail: checkout.offer))
        }
    }

    /// Applies an event once: subscription, plan, audit and mail in one act.
    ///
    /// - Throws: `AccountError.notFound` for a checkout that is none of ours, or an offer; `StorageError`.
    package func apply(
        _ event: PaymentEvent, at now: UTCInstant,
        _ message: @escaping @Sendable (PaymentEvent, Subscription?, _ address: String) -> MailMessage?
    ) async throws -> Outcome {
        try await store.writer.write { database in
            let rows = SubscriptionRows(database)
            guard let checkout = try rows.checkout(event.checkout) else { throw AccountError.notFound("checkout") }
            let present = try rows.subscription(checkout.id)
            let name = event.offer ?? present?.offer ?? checkout.offer
            guard let offer = try rows.offer(name) else { throw AccountError.notFound("offer") }
            let next = present.map { $0.applying(event, offer) } ?? Subscription(checkout, event, offer)
            // A first payment that fails begins nothing, but whoever tried is told.
            let isKnown = next != nil || present == nil && event.kind == .failed
            let outcome: Outcome = isKnown ? .applied : .outdated
            guard try rows.note(event, outcome: outcome.rawValue, at: now) else { return .repeated }
            if let next {
                try rows.set(next)
                try Self.refresh(checkout.payer, at: now, database)
            }
            let detail = "\(event.kind.rawValue) \(event.id) \(outcome.rawValue)"
            try AuditRows(database).enter(
                AuditEntry(
                    at: now, actor: "payments", act: .paymentNoted, target: checkout.payer.stored, detail: detail))
            if outcome == .applied, let account = try AccountRows(database).account(checkout.account),
                let mail = message(event, next, account.email)
            {
                try Outbox.enter(mail, at: now.seconds, in: database)
            }
            return outcome
        }
    }

    /// Forgets checkouts that came to nothing.
    package func forgetCheckouts(before moment: UTCInstant) async throws {
        try await store.writer.write { database in try SubscriptionRows(database).forgetCheckouts(before: moment) }
    }

    /// Writes what a payer's subscriptions give to where plans are read: of several the one that lasts longest.
    private static func refresh(_ payer: Payer, at now: UTCInstant, _ database: Database) throws {
        let best = try SubscriptionRows(database).subscriptions(of: payer, endingAfter: now)
            .first { $0.state != .ended }
        switch payer {
        case .account(let id):
            let term = best.map { PlanTerm(plan: $0.plan, until: $0.planEnd, next: .free) } ?? PlanTerm(plan: .free)
            try AccountRows(database).setTerm(term, of: id)
        case .organisation(let id):
            let rows = OrganisationRows(database)
            try rows.setPlan(
                id, best.map { TeamPlan(plan: $0.plan, until: $0.planEnd) }, paidSeats: best?.seats ?? 0)
            for member in try rows.members(of: id) { try rows.refreshPlan(of: member.account) }
        }
    }
}
