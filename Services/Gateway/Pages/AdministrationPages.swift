import Contracts
import HTTPTypes
import Hummingbird
import RPC

/// Administrators find accounts, suspend them, change roles and plans, give and correct.
struct AdministrationPages: Sendable {
    /// Lines of the audit log on an account's page.
    private static let shownLines: UInt32 = 50
    private static let keyBytes = 16

    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.get("/admin", use: find)
        router.get("/admin/accounts/:id", use: show)
        router.post("/admin/accounts/:id/suspension", use: suspend)
        router.post("/admin/accounts/:id/roles", use: setRoles)
        router.post("/admin/accounts/:id/plan", use: setPlan)
        router.post("/admin/accounts/:id/grants", use: give)
        router.post("/admin/accounts/:id/corrections", use: correct)
        router.post("/admin/accounts/:id/seats", use: setSeats)
    }

    @Sendable func find(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.administering(request, context) { account in
            let text = site.query(of: request)["q"]
            var found: [AdministrationAPI.AccountDetails]?
            var failure: Failure?
            if !text.isEmpty {
                failure = try await site.attempt { () throws(ServiceError) in
                    found = try await site.services.administration.findAccounts(
                        AdministrationAPI.FindAccountsRequest(text: text), options: context.options(for: account)
                    ).accounts
                }
            }
            let view = AdministrationView(text: text, found: found, problem: failure?.message)
            return site.accountReply(
                .administration, title: "Administration", view: view, account: account, failure: failure,
                request: request, context: context)
        }
    }

    @Sendable func show(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.administering(request, context) { account in
            try await page(account, nil, request, context)
        }
    }

    @Sendable func suspend(_ request: Request, context: GatewayContext) async throws -> Response {
        try await act(.suspended, request, context) { id, fields, options throws(ServiceError) in
            _ = try await site.services.administration.setSuspended(
                AdministrationAPI.SetSuspendedRequest(
                    accountId: id, suspended: fields["suspended"] == "on", reason: fields["reason"]),
                options: options)
        }
    }

    @Sendable func setRoles(_ request: Request, context: GatewayContext) async throws -> Response {
        try await act(.roles, request, context) { id, fields, options throws(ServiceError) in
            let roles = ["member"] + AccountDetailsView.roles.filter { fields["role-\($0)"] == "on" }
            _ = try await site.services.administration.setRoles(
                AdministrationAPI.SetRolesRequest(accountId: id, roles: roles), options: options)
        }
    }

    @Sendable func setPlan(_ request: Request, context: GatewayContext) async throws -> Response {
        try await act(.plan, request, context) { id, fields, options throws(ServiceError) in
            _ = try await site.services.administration.setPlan(
                AdministrationAPI.SetPlanRequest(
                    accountId: id, plan: fields["plan"], endsOn: fields["ends_on"], nextPlan: fields["next_plan"],
                    reason: fields["reason"]),
                options: options)
        }
    }

    @Sendable func give(_ request: Request, context: GatewayContext) async throws -> Response {
        try await act(.grant, request, context) { id, fields, options throws(ServiceError) in
            _ = try await site.services.administration.giveGrant(
                AdministrationAPI.GiveGrantRequest(
                    accountId: id, feature: fields["feature"], amount: UInt32(fields["amount"]) ?? 0,
                    endsOn: fields["ends_on"], reason: fields["reason"]),
                options: options)
        }
    }

    @Sendable func correct(_ request: Request, context: GatewayContext) async throws -> Response {
        try await act(.correction, request, context) { id, fields, options throws(ServiceError) in
            _ = try await site.services.administration.correct(
                AdministrationAPI.CorrectRequest(
                    accountId: id, feature: fields["feature"], amount: Int32(fields["amount"]) ?? 0,
                    reason: fields["reason"]),
                options: options)
        }
    }

    /// The seats of an organisation that the account belongs to.
    @Sendable func setSeats(_ request: Request, context: GatewayContext) async throws -> Response {
        try await act(.seats, request, context) { _, fields, options throws(ServiceError) in
            _ = try await site.services.organisations.setSeats(
                OrganisationsAPI.SetSeatsRequest(
                    id: fields["organisation"], seats: UInt32(fields["seats"]) ?? 0,
                    licensedSeats: UInt32(fields["licensed_seats"]) ?? 0, reason: fields["reason"]),
                options: options)
        }
    }

    /// An act on an account that leads back to its page.
    private func act(
        _ done: DoneNotice, _ request: Request, _ context: GatewayContext,
        call: (String, FormFields, CallOptions) async throws(ServiceError) -> Void
    ) async throws -> Response {
        try await site.administering(request, context) { account in
            let fields = try await PostedForm(request, tokens: site.forms).fields
            let id = context.parameters.get("id") ?? ""
            var options = context.options(for: account)
            options.idempotencyKey = Base64URL.bytes(of: fields["key"]).flatMap { IdempotencyKey($0) }
            let failure = try await site.attempt { () throws(ServiceError) in try await call(id, fields, options) }
            if let failure { return try await page(account, failure, request, context) }
            return site.done(done, at: "/admin/accounts/\(PercentCoding.encode(id))")
        }
    }

    private func page(
        _ account: AccountsAPI.Account, _ failure: Failure?, _ request: Request, _ context: GatewayContext
    ) async throws -> Response {
        let id = context.parameters.get("id") ?? ""
        let options = context.options(for: account)
        let found = try await asking(.accounts) { () throws(ServiceError) in
            try await site.services.administration.findAccounts(
                AdministrationAPI.FindAccountsRequest(text: id), options: options)
        }
        guard let details = found.accounts.first(where: { $0.account?.id == id }), let found = details.account else {
            throw HTTPError(.notFound, message: "There is no such account.")
        }
        let audit = try await asking(.accounts) { () throws(ServiceError) in
            try await site.services.administration.readAudit(
                AdministrationAPI.ReadAuditRequest(pageSize: Self.shownLines, accountId: id), options: options)
        }
        var balances: [(Feature, AccountsAPI.Balance)] = []
        if !details.suspended {
            for feature in Feature.allCases {
                let balance = try await site.metering.balance(of: feature, for: found, context: context)
                balances.append((feature, balance))
            }
        }
        let standing = try await asking(.accounts) { () throws(ServiceError) in
            try await site.services.standing.getStanding(.init(accountId: id), options: options)
        }
        let view = AccountDetailsView(
            details, balances: balances, organisations: standing.organisations, audit: audit.lines,
            csrf: site.forms.token(for: request, context: context),
            key: Base64URL.text(of: site.surroundings.randomBytes(Self.keyBytes)),
            done: DoneNotice(site.query(of: request)), problem: failure?.message)
        return site.accountReply(
            .adminaccount, title: found.email, view: view, account: account, failure: failure, request: request,
            context: context)
    }
}
