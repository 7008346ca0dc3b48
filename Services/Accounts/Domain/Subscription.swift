package import Calendar

/// A plan that is paid for, as the provider's events have left it.
package struct Subscription: Sendable, Equatable {
    /// How it stands.
    package enum State: String, Sendable, CaseIterable {
        case trial, active, ending, ended
        case pastDue = "past_due"
    }

    /// The checkout's.
    package let id: String
    package let payer: Payer
    package let offer: String
    package let plan: PlanName
    package let seats: Int
    package let state: State
    /// To when it is paid for.
    package let periodEnd: UTCInstant
    /// To when the plan is kept if no further event comes.
    package let planEnd: UTCInstant
    /// When the newest event happened, by the provider's clock.
    package let eventAt: UTCInstant

    /// How long the plan is kept after its period while a payment is late, seconds: cards are replaced within days, and a
    /// renewal's event may be delayed.
    package static let grace: Int64 = 3 * 86_400

    /// As it is stored.
    package init(
        id: String, payer: Payer, offer: String, plan: PlanName, seats: Int, state: State, periodEnd: UTCInstant,
        planEnd: UTCInstant, eventAt: UTCInstant
    ) {
        self.id = id
        self.payer = payer
        self.offer = offer
        self.plan = plan
        self.seats = seats
        self.state = state
        self.periodEnd = periodEnd
        self.planEnd = planEnd
        self.eventAt = eventAt
    }

    /// What a checkout becomes by its first event; nil when the event begins nothing.
    package init?(_ checkout: Checkout, _ event: PaymentEvent, _ offer: Offer) {
        guard event.kind == .started, let end = event.periodEnd else { return nil }
        self.init(
            id: checkout.id, payer: checkout.payer, offer: offer.id, plan: offer.plan,
            seats: event.seats ?? checkout.seats, state: event.isTrial ? .trial : .active, periodEnd: end,
            planEnd: end.adding(seconds: Self.grace), eventAt: event.at)
    }

    /// Whether the plan holds at a moment.
    package func holds(at now: UTCInstant) -> Bool { state != .ended && now < planEnd }

    /// What the next event makes of it; nil when it is older than one that was applied, or does not fit how it stands.
    ///
    /// - Parameter offer: the offer that the event names, or the present one.
    package func applying(_ event: PaymentEvent, _ offer: Offer) -> Subscription? {
        guard event.at >= eventAt, state != .ended else { return nil }
        let end = event.periodEnd ?? periodEnd
        let late = end.adding(seconds: Self.grace)
        switch event.kind {
        case .started: return nil
        case .renewed: return with(.active, end, late, event, offer)
        case .failed: return with(state == .ending ? .ending : .pastDue, end, planEnd, event, offer)
        case .cancelled: return with(.ending, end, end, event, offer)
        case .resumed: return with(.active, end, late, event, offer)
        case .changed: return with(state, end, state == .ending ? end : late, event, offer)
        case .ended: return with(.ended, event.at, event.at, event, offer)
        }
    }

    private func with(
        _ state: State, _ periodEnd: UTCInstant, _ planEnd: UTCInstant, _ event: PaymentEvent, _ offer: Offer
    ) -> Subscription {
        Subscription(
            id: id, payer: payer, offer: offer.id, plan: offer.plan, seats: event.seats ?? seats, state: state,
            periodEnd: periodEnd, planEnd: planEnd, eventAt: event.at)
    }
}
