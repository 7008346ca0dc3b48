import Contracts
import HTTPTypes
import Hummingbird
import RPC

/// What a reader has bought and may buy. Paying itself happens on the provider's pages: a form here leads there.
struct BillingPages: Sendable {
    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.get("/account/billing", use: show)
        router.post("/account/billing/checkout", use: checkout)
        router.post("/account/billing/manage", use: manage)
        router.get("/account/billing/test", use: testPage)
        router.post("/account/billing/test", use: press)
    }

    @Sendable func show(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.signedIn(request, context) { account in
            try await page(account, nil, request, context)
        }
    }

    @Sendable func checkout(_ request: Request, context: GatewayContext) async throws -> Response {
        try await leave(request, context) { fields, options throws(ServiceError) in
            try await site.services.billing.startCheckout(
                .init(
                    offer: fields["offer"], organisationId: fields["organisation"],
                    seats: UInt32(fields["seats"]) ?? 0), options: options
            ).url
        }
    }

    @Sendable func manage(_ request: Request, context: GatewayContext) async throws -> Response {
        try await leave(request, context) { fields, options throws(ServiceError) in
            try await site.services.billing.manageSubscription(
                .init(
                    id: fields["id"], act: fields["act"], offer: fields["offer"],
                    seats: UInt32(fields["seats"]) ?? 0), options: options
            ).url
        }
    }

    /// The built-in test provider's page; a real provider's is elsewhere.
    @Sendable func testPage(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.signedIn(request, context) { account in
            try await testPage(account, id: site.query(of: request)["id"], nil, request, context)
        }
    }

    @Sendable func press(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.signedIn(request, context) { account in
            let fields = try await PostedForm(request, tokens: site.forms).fields
            let failure = try await site.attempt { () throws(ServiceError) in
                _ = try await site.services.billing.pressTestButton(
                    .init(id: fields["id"], button: fields["button"]), options: context.options(for: account))
            }
            guard let failure else { return site.done(.payment, at: AccountSection.billing.path) }
            return try await testPage(account, id: fields["id"], failure, request, context)
        }
    }

    /// Sends the reader to the provider, or shows what was wrong. The provider's page is on another origin, which the content
    /// security policy does not let a form's answer lead to: so the reader gets a link to follow.
    private func leave(
        _ request: Request, _ context: GatewayContext,
        _ call: (FormFields, CallOptions) async throws(ServiceError) -> String
    ) async throws -> Response {
        try await site.signedIn(request, context) { account in
            let fields = try await PostedForm(request, tokens: site.forms).fields
            var url = ""
            let failure = try await site.attempt { () throws(ServiceError) in
                url = try await call(fields, context.options(for: account))
            }
            if failure == nil, let own = LocalPath(Self.local(url)) { return site.seeOther(own.text) }
            return try await page(account, failure, leaving: failure == nil ? url : nil, request, context)
        }
    }

    /// The path of the test provider's page, which is one of ours; empty for a real provider's.
    private static func local(_ url: String) -> String {
        guard let start = url.firstRange(of: "\(AccountSection.billing.path)/test?id=") else { return "" }
        return String(url[start.lowerBound...])
    }

    private func page(
        _ account: AccountsAPI.Account, _ failure: Failure?, leaving: String? = nil, _ request: Request,
        _ context: GatewayContext
    ) async throws -> Response {
        let options = context.options(for: account)
        let (offers, subscriptions, organisations) = try await asking(.accounts) { () throws(ServiceError) in
            (
                try await site.services.billing.listOffers(.init(), options: options),
                try await site.services.billing.listSubscriptions(.init(), options: options),
                try await site.services.organisations.listOrganisations(.init(), options: options)
            )
        }
        let view = BillingView(
            account, offers: offers, subscriptions: subscriptions.subscriptions,
            organisations: organisations.organisations, csrf: site.forms.token(for: request, context: context),
            done: DoneNotice(site.query(of: request)), problem: failure?.message, leaving: leaving)
        return site.accountReply(
            .billing, title: "Plan and payment", view: view, account: account, failure: failure, request: request,
            context: context)
    }

    private func testPage(
        _ account: AccountsAPI.Account, id: String, _ failure: Failure?, _ request: Request, _ context: GatewayContext
    ) async throws -> Response {
        let found = try await asking(.accounts) { () throws(ServiceError) in
            try await site.services.billing.lookAtTestPage(.init(id: id), options: context.options(for: account))
        }
        let view = TestPaymentView(
            found, id: id, csrf: site.forms.token(for: request, context: context), problem: failure?.message)
        return site.accountReply(
            .testpayment, title: "Test payment", view: view, account: account, failure: failure, request: request,
            context: context)
    }
}
