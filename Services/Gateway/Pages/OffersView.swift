import Contracts

/// What can be bought, as `adminoffers.mustache` takes it.
struct OffersView: Sendable {
    struct OfferLine: Sendable {
        let id: String
        let plan: String
        let price: String
        let trial: String
        let audience: String
        /// For the form that takes it off the list: as it is, in the form's own words.
        let amount: String
        let interval: String
        let currency: String
        let trialDays: String
        let isTeam: Bool
        let csrf: String
    }

    let sections = AdministrationSection.offers.navigation
    let csrf: String
    let notice: String?
    let problem: String?
    let provider: String
    let hasProvider: Bool
    let offers: [OfferLine]
    let hasOffers: Bool
    let plans: [ChoiceView]
    let intervals: [ChoiceView]
    /// What was sent, when it was refused.
    let id: String
    let price: String
    let currency: String
    let trialDays: String
    let isTeam: Bool

    init(_ list: BillingAPI.OfferList, fields: FormFields, csrf: String, done: DoneNotice?, problem: String?) {
        self.csrf = csrf
        notice = done?.text
        self.problem = problem
        provider = list.provider
        hasProvider = !["", "none"].contains(list.provider)
        offers = list.offers.map { offer in
            OfferLine(
                id: offer.id, plan: offer.plan,
                price: BillingView.OfferView.price(offer.amount, offer.currency) + " a \(offer.interval)",
                trial: offer.trialDays == 0 ? "none" : "\(offer.trialDays) days",
                audience: offer.team ? "organisations, by the seat" : "single accounts",
                amount: Self.text(offer.amount), interval: offer.interval, currency: offer.currency,
                trialDays: "\(offer.trialDays)", isTeam: offer.team, csrf: csrf)
        }
        hasOffers = !offers.isEmpty
        plans = AccountDetailsView.plans.map { ChoiceView(value: $0, label: $0, isChosen: $0 == fields["plan"]) }
        intervals = ["month", "year"].map { ChoiceView(value: $0, label: $0, isChosen: $0 == fields["interval"]) }
        id = fields["id"]
        price = fields["price"]
        currency = fields["currency"].isEmpty ? "USD" : fields["currency"]
        trialDays = fields["trial_days"]
        isTeam = fields["team"] == "on"
    }

    /// `29`, `29.5` or `29.00` in the smallest unit of a currency of two decimals; nil for anything else.
    static func amount(_ text: String) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(Self.isDigit) }),
            parts[0].utf8.count <= 6, let whole = UInt32(parts[0])
        else { return nil }
        guard parts.count == 2 else { return whole * 100 }
        guard parts[1].utf8.count <= 2, let cents = UInt32(parts[1]) else { return nil }
        return whole * 100 + (parts[1].utf8.count == 1 ? cents * 10 : cents)
    }

    private static func text(_ amount: UInt32) -> String {
        let cents = amount % 100
        return "\(amount / 100).\(cents < 10 ? "0" : "")\(cents)"
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
