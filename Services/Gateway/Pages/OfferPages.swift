import Contracts
import Hummingbird
import RPC

/// What can be bought, for administrators: offers are added, changed and taken off the list. Whoever has bought one keeps it.
struct OfferPages: Sendable {
    static let path = "/admin/offers"

    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.get(RouterPath(Self.path), use: show)
        router.post(RouterPath(Self.path), use: set)
    }

    @Sendable func show(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.administering(request, context) { account in
            try await page(account, nil, FormFields(""), request, context)
        }
    }

    /// Adds an offer, or changes the one of the same name.
    @Sendable func set(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.administering(request, context) { account in
            let fields = try await PostedForm(request, tokens: site.forms).fields
            let failure = try await site.attempt { () throws(ServiceError) in
                _ = try await site.services.billing.setOffer(
                    .init(offer: try Self.offer(fields)), options: context.options(for: account))
            }
            guard let failure else { return site.done(.offer, at: Self.path) }
            return try await page(account, failure, fields, request, context)
        }
    }

    private static func offer(_ fields: FormFields) throws(ServiceError) -> BillingAPI.Offer {
        guard let amount = OffersView.amount(fields["price"]) else {
            throw ServiceError(
                .invalidArgument, "The price is a number with at most two decimals, such as 29.00.", field: "price")
        }
        return BillingAPI.Offer(
            id: fields["id"], plan: fields["plan"], interval: fields["interval"], amount: amount,
            currency: fields["currency"], trialDays: UInt32(fields["trial_days"]) ?? 0, team: fields["team"] == "on",
            withdrawn: fields["withdrawn"] == "on")
    }

    private func page(
        _ account: AccountsAPI.Account, _ failure: Failure?, _ fields: FormFields, _ request: Request,
        _ context: GatewayContext
    ) async throws -> Response {
        let list = try await asking(.accounts) { () throws(ServiceError) in
            try await site.services.billing.listOffers(.init(), options: context.options(for: account))
        }
        let view = OffersView(
            list, fields: fields, csrf: site.forms.token(for: request, context: context),
            done: DoneNotice(site.query(of: request)), problem: failure?.message)
        return site.accountReply(
            .adminoffers, title: "Offers", view: view, account: account, failure: failure, request: request,
            context: context)
    }
}
