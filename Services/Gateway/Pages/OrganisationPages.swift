import Contracts
import HTTPTypes
import Hummingbird
import RPC

/// A reader's organisations: made, named, filled by invitation, handed over, left, deleted.
struct OrganisationPages: Sendable {
    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.get("/account/organisations", use: list)
        router.post("/account/organisations", use: create)
        router.post("/account/name", use: setName)
        router.get("/account/organisations/:id", use: show)
        router.post("/account/organisations/:id/:act", use: act)
    }

    @Sendable func list(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.signedIn(request, context) { account in
            try await listPage(account, request, context)
        }
    }

    @Sendable func create(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.signedIn(request, context) { account in
            let fields = try await PostedForm(request, tokens: site.forms).fields
            var made = ""
            let failure = try await site.attempt { () throws(ServiceError) in
                made = try await site.services.organisations.createOrganisation(
                    .init(name: fields["name"]), options: context.options(for: account)
                ).id
            }
            if let failure {
                return try await listPage(account, failure: failure, name: fields["name"], request, context)
            }
            return site.seeOther("\(AccountSection.organisations.path)/\(made)")
        }
    }

    /// What the other members see beside the address.
    @Sendable func setName(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.signedIn(request, context) { account in
            let fields = try await PostedForm(request, tokens: site.forms).fields
            let failure = try await site.attempt { () throws(ServiceError) in
                _ = try await site.services.organisations.setDisplayName(
                    .init(name: fields["display"]), options: context.options(for: account))
            }
            if let failure { return try await listPage(account, failure: failure, request, context) }
            return site.done(.saved, at: AccountSection.organisations.path)
        }
    }

    @Sendable func show(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.signedIn(request, context) { account in
            try await page(account, request, context)
        }
    }

    /// One form of an organisation's page: the act is the address's last word.
    @Sendable func act(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.signedIn(request, context) { account in
            let fields = try await PostedForm(request, tokens: site.forms).fields
            let id = context.parameters.get("id") ?? ""
            guard let act = OrganisationAct(rawValue: context.parameters.get("act") ?? "") else {
                throw HTTPError(.notFound)
            }
            let options = context.options(for: account)
            let failure = try await site.attempt { () throws(ServiceError) in
                try await act.perform(id, fields, site.services.organisations, options)
            }
            if let failure {
                return try await page(account, failure: failure, of: act, fields: fields, request, context)
            }
            let path = act.isFarewell ? "" : "/\(id)"
            return site.done(act.notice, at: AccountSection.organisations.path + path)
        }
    }

    private func listPage(
        _ account: AccountsAPI.Account, failure: Failure? = nil, name: String = "", _ request: Request,
        _ context: GatewayContext
    ) async throws -> Response {
        let found = try await asking(.accounts) { () throws(ServiceError) in
            try await site.services.organisations.listOrganisations(.init(), options: context.options(for: account))
        }
        let view = OrganisationsView(
            found.organisations, csrf: site.forms.token(for: request, context: context),
            done: DoneNotice(site.query(of: request)), problem: failure?.message, name: name,
            isVerified: account.emailVerified, displayName: account.displayName)
        return site.accountReply(
            .organisations, title: "Organisations", view: view, account: account, failure: failure, request: request,
            context: context)
    }

    private func page(
        _ account: AccountsAPI.Account, failure: Failure? = nil, of act: OrganisationAct? = nil,
        fields: FormFields = FormFields(""), _ request: Request, _ context: GatewayContext
    ) async throws -> Response {
        let id = context.parameters.get("id") ?? ""
        let found = try await asking(.accounts) { () throws(ServiceError) in
            try await site.services.organisations.getOrganisation(.init(id: id), options: context.options(for: account))
        }
        let view = OrganisationView(
            found, reader: account.id, csrf: site.forms.token(for: request, context: context),
            done: DoneNotice(site.query(of: request)), problem: failure?.message,
            invited: act == .invite ? fields["email"] : "")
        return site.accountReply(
            .organisation, title: found.name, view: view, account: account, failure: failure, request: request,
            context: context)
    }
}
