import Contracts

/// What a reader has bought and may buy, as `billing.mustache` takes it.
struct BillingView: Sendable {
    struct OfferView: Sendable {
        let id: String
        let plan: String
        let price: String
        let trial: String?

        init(_ offer: BillingAPI.Offer, trialPossible: Bool) {
            id = offer.id
            plan = offer.plan
            price = Self.price(offer.amount, offer.currency) + " a \(offer.interval)" + (offer.team ? " and seat" : "")
            trial = offer.trialDays > 0 && trialPossible ? "the first \(offer.trialDays) days are free" : nil
        }

        /// An amount of a currency's smallest unit; a hundred of them make one, as with most currencies.
        static func price(_ amount: UInt32, _ currency: String) -> String {
            let cents = amount % 100
            return "\(currency) \(amount / 100).\(cents < 10 ? "0" : "")\(cents)"
        }
    }

    struct SubscriptionView: Sendable {
        let id: String
        let whose: String
        let plan: String
        let offer: String
        let state: String
        let until: String
        let seats: UInt32
        let isTeam: Bool
        let isLate: Bool
        let mayCancel: Bool
        let mayResume: Bool
    }

    struct Team: Sendable {
        let id: String
        let name: String
        let seats: UInt32
    }

    let sections = AccountSection.billing.navigation
    let csrf: String
    let notice: String?
    let problem: String?
    let plan: String
    let isSold: Bool
    let isTest: Bool
    let isVerified: Bool
    let offers: [OfferView]
    let teamOffers: [OfferView]
    let teams: [Team]
    let hasOffers: Bool
    let sellsToTeams: Bool
    let sellsToReader: Bool
    let subscriptions: [SubscriptionView]
    let hasSubscriptions: Bool
    /// The provider's page to go on to, and its host.
    let leaving: String?
    let provider: String

    init(
        _ account: AccountsAPI.Account, offers list: BillingAPI.OfferList, subscriptions: [BillingAPI.Subscription],
        organisations: [OrganisationsAPI.Organisation], csrf: String, done: DoneNotice?, problem: String?,
        leaving: String?
    ) {
        self.csrf = csrf
        notice = done?.text
        self.problem = problem
        self.leaving = leaving
        provider = list.provider
        plan = account.plan
        isSold = !list.offers.isEmpty
        isTest = list.provider == "test"
        isVerified = account.emailVerified
        let running = subscriptions.filter { $0.state != "ended" && $0.state != "ending" }
        let all = list.offers
        offers = all.filter { !$0.team }.map { OfferView($0, trialPossible: list.trialPossible) }
        teamOffers = all.filter(\.team).map { OfferView($0, trialPossible: false) }
        teams = organisations.filter { organisation in
            organisation.role == "owner" && !running.contains { $0.organisationId == organisation.id }
        }.map { Team(id: $0.id, name: $0.name, seats: max(1, $0.seatsUsed)) }
        hasOffers = !all.isEmpty
        sellsToTeams = !teams.isEmpty && !teamOffers.isEmpty
        sellsToReader = !offers.isEmpty && !running.contains { $0.organisationId.isEmpty }
        self.subscriptions = subscriptions.map { subscription in
            let name = organisations.first { $0.id == subscription.organisationId }?.name ?? "an organisation"
            let isEnding = subscription.state == "ending"
            let end = isEnding || subscription.state == "past_due" ? subscription.planEndsAt : subscription.periodEndsAt
            return SubscriptionView(
                id: subscription.id, whose: subscription.organisationId.isEmpty ? "You" : name,
                plan: subscription.plan, offer: subscription.offer, state: Self.words(subscription.state),
                until: UTCInstant(end)?.words ?? end, seats: subscription.seats,
                isTeam: !subscription.organisationId.isEmpty, isLate: subscription.state == "past_due",
                mayCancel: ["trial", "active", "past_due"].contains(subscription.state), mayResume: isEnding)
        }
        hasSubscriptions = !subscriptions.isEmpty
    }

    private static func words(_ state: String) -> String {
        switch state {
        case "trial": "trial"
        case "active": "paid"
        case "past_due": "a payment did not go through"
        case "ending": "cancelled"
        default: "ended"
        }
    }
}
