import Calendar
package import Contracts
import Mail
package import RPC

/// Answers what has to do with paying. The caller is the principal of the call; events come from the provider.
package struct BillingHandler: BillingAPI.Service {
    /// Ended subscriptions are shown this long, seconds.
    static let shown: Int64 = 366 * 86_400

    let me: MeHandler
    let administration: AdministrationHandler
    let billing: BillingStore
    var provider: PaymentProvider { me.base.payments }

    /// Works with the same store, clock and provider as `me`.
    package init(_ me: MeHandler) {
        self.me = me
        administration = AdministrationHandler(me.base)
        billing = BillingStore(me.base.accounts.store)
    }

    /// What can be bought; see the contract.
    package func listOffers(
        _ request: BillingAPI.ListOffersRequest, context: CallContext
    ) async throws(ServiceError) -> BillingAPI.OfferList {
        try await me.answering(context, .read) { caller in
            var list = try offers(all: false)
            list.trialPossible = try billing.mayTry(.account(caller.account.id))
            return list
        }
    }

    /// The caller's subscriptions; see the contract.
    package func listSubscriptions(
        _ request: BillingAPI.ListSubscriptionsRequest, context: CallContext
    ) async throws(ServiceError) -> BillingAPI.SubscriptionList {
        try await me.answering(context, .read) { caller in
            let found = try billing.subscriptions(
                of: caller.account.id, endingAfter: caller.now.adding(seconds: -Self.shown))
            return BillingAPI.SubscriptionList(
                subscriptions: found.map { BillingAPI.Subscription($0, at: caller.now) })
        }
    }

    /// Where to go to pay; see the contract.
    package func startCheckout(
        _ request: BillingAPI.StartCheckoutRequest, context: CallContext
    ) async throws(ServiceError) -> BillingAPI.ProviderPage {
        try await me.answering(context, .session) { caller in
            guard caller.account.isEmailVerified else {
                throw AccountError.precondition("verify your address first", reason: "unverified")
            }
            guard let offer = try billing.offer(request.offer), !offer.isWithdrawn else {
                throw AccountError.notFound("offer")
            }
            let payer = try payer(request.organisationId, offer, caller)
            let seats = offer.isTeam ? Int(request.seats) : 1
            guard Organisation.seatRange.contains(seats) else {
                throw InvalidField("seats", "a team has 1 to \(Organisation.seatRange.upperBound) seats")
            }
            let trial = try billing.mayTry(payer) ? offer.trialDays : 0
            let checkout = Checkout(
                id: me.base.word(), payer: payer, account: caller.account.id, offer: offer.id, seats: seats,
                trialDays: trial, createdAt: caller.now)
            // Before it is written down: without a provider there is nowhere to go.
            let url = try page(checkout.id, act: "start", offer, seats: seats, trial: trial, at: caller.now)
            try await billing.start(checkout)
            return BillingAPI.ProviderPage(url: url, checkout: checkout.id)
        }
    }

    /// Where to go to change something; see the contract.
    package func manageSubscription(
        _ request: BillingAPI.ManageSubscriptionRequest, context: CallContext
    ) async throws(ServiceError) -> BillingAPI.ProviderPage {
        try await me.answering(context, .session) { caller in
            let subscription = try subscription(request.id, of: caller)
            guard ["cancel", "resume", "change"].contains(request.act) else {
                throw InvalidField("act", "the act is cancel, resume or change")
            }
            let isChange = request.act == "change"
            let name = isChange && !request.offer.isEmpty ? request.offer : subscription.offer
            guard let offer = try billing.offer(name), name == subscription.offer || !offer.isWithdrawn else {
                throw AccountError.notFound("offer")
            }
            guard offer.isTeam == subscription.payer.isOrganisation else {
                throw InvalidField("offer", "a team has a team's offer, one person has one person's")
            }
            let seats = isChange && request.seats > 0 ? Int(request.seats) : subscription.seats
            guard Organisation.seatRange.contains(seats) else {
                throw InvalidField("seats", "a team has 1 to \(Organisation.seatRange.upperBound) seats")
            }
            return BillingAPI.ProviderPage(
                url: try page(subscription.id, act: request.act, offer, seats: seats, trial: 0, at: caller.now),
                checkout: subscription.id)
        }
    }

    /// Sets an offer; see the contract.
    package func setOffer(
        _ request: BillingAPI.SetOfferRequest, context: CallContext
    ) async throws(ServiceError) -> BillingAPI.OfferList {
        try await administration.answering(context) { actor, now in
            guard let asked = request.offer else { throw InvalidField("offer", "say what is sold") }
            let plan = try me.base.plan(PlanName(asked.plan), at: now).name
            guard plan != .guest else { throw InvalidField("offer.plan", "an account has no guest plan") }
            let offer = try Offer(
                id: asked.id, plan: plan, interval: asked.interval, amount: Int64(asked.amount),
                currency: asked.currency, trialDays: Int64(asked.trialDays), isTeam: asked.team,
                isWithdrawn: asked.withdrawn)
            try await billing.set(offer, by: actor, at: now)
            return try offers(all: true)
        }
    }

    // MARK: Parts that several calls share

    /// A subscription that the caller pays for, that has not ended.
    func subscription(_ id: String, of caller: Caller) throws -> Subscription {
        guard let found = try billing.subscription(id), try billing.owns(found.payer, caller.account.id) else {
            throw AccountError.notFound("subscription")
        }
        guard found.holds(at: caller.now) else {
            throw AccountError.precondition("this subscription has ended; begin another", reason: "ended")
        }
        return found
    }

    private func offers(all: Bool) throws -> BillingAPI.OfferList {
        if case .none = provider, !all { return BillingAPI.OfferList(provider: provider.name) }
        return BillingAPI.OfferList(
            offers: try billing.offers(all: all).map(BillingAPI.Offer.init), provider: provider.name)
    }

    private func payer(_ organisation: String, _ offer: Offer, _ caller: Caller) throws -> Payer {
        guard offer.isTeam else {
            guard organisation.isEmpty else {
                throw InvalidField("organisation_id", "this offer is for one person")
            }
            return .account(caller.account.id)
        }
        let payer = Payer.organisation(try OrganisationsHandler.organisation(organisation))
        guard try billing.owns(payer, caller.account.id) else { throw AccountError.notFound("organisation") }
        return payer
    }

    private func page(
        _ id: String, act: String, _ offer: Offer, seats: Int, trial: Int64, at now: UTCInstant
    ) throws -> String {
        try provider.page(
            for: id,
            [
                ("act", act), ("offer", offer.id), ("interval", offer.interval.rawValue),
                ("amount", "\(offer.amount)"), ("currency", offer.currency), ("seats", "\(seats)"),
                ("trial_days", "\(trial)"),
            ], origin: me.base.letters.origin, now: now)
    }
}

extension Payer {
    /// Whether it is a team.
    var isOrganisation: Bool {
        if case .organisation = self { true } else { false }
    }
}

extension BillingAPI.Offer {
    init(_ offer: Offer) {
        self.init(
            id: offer.id, plan: offer.plan.text, interval: offer.interval.rawValue,
            amount: UInt32(clamping: offer.amount), currency: offer.currency,
            trialDays: UInt32(clamping: offer.trialDays), team: offer.isTeam, withdrawn: offer.isWithdrawn)
    }
}

extension BillingAPI.Subscription {
    init(_ subscription: Subscription, at now: UTCInstant) {
        var organisation = ""
        if case .organisation(let id) = subscription.payer { organisation = id.text }
        self.init(
            id: subscription.id, organisationId: organisation, offer: subscription.offer,
            plan: subscription.plan.text, seats: UInt32(clamping: subscription.seats),
            state: subscription.holds(at: now) ? subscription.state.rawValue : Subscription.State.ended.rawValue,
            periodEndsAt: subscription.periodEnd.rfc3339, planEndsAt: subscription.planEnd.rfc3339)
    }
}
