import Contracts
import HTTPTypes
import Hummingbird
import RPC

/// Favourites, notes, watches, what was viewed and searched for.
struct DeskPages: Sendable {
    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.get("/account/desk", use: show)
        router.post("/account/desk/mark", use: mark)
        router.post("/account/desk/searches", use: keepSearches)
    }

    @Sendable func show(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.signedIn(request, context) { account in
            try await page(account, nil, request, context)
        }
    }

    /// Sets or takes away what is kept about a code, and goes back to where the form stood.
    @Sendable func mark(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.signedIn(request, context) { account in
            let fields = try await PostedForm(request, tokens: site.forms).fields
            let failure = try await site.attempt { () throws(ServiceError) in
                _ = try await site.services.desks.markCode(
                    DeskAPI.MarkCodeRequest(
                        code: fields["code"], change: fields["change"], on: fields["on"] == "on",
                        note: fields["note"]),
                    options: context.options(for: account))
            }
            if let failure { return try await page(account, failure, request, context) }
            let next = LocalPath(fields["next"])?.text ?? AccountSection.desk.path
            return next == AccountSection.desk.path ? site.done(.saved, at: next) : site.seeOther(next)
        }
    }

    @Sendable func keepSearches(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.signedIn(request, context) { account in
            let fields = try await PostedForm(request, tokens: site.forms).fields
            let failure = try await site.attempt { () throws(ServiceError) in
                _ = try await site.services.desks.setSearchHistory(
                    DeskAPI.SetSearchHistoryRequest(on: fields["on"] == "on"), options: context.options(for: account))
            }
            guard let failure else { return site.done(.searches, at: AccountSection.desk.path) }
            return try await page(account, failure, request, context)
        }
    }

    private func page(
        _ account: AccountsAPI.Account, _ failure: Failure?, _ request: Request, _ context: GatewayContext
    ) async throws -> Response {
        let desk = try await asking(.accounts) { () throws(ServiceError) in
            try await site.services.desks.getDesk(DeskAPI.GetDeskRequest(), options: context.options(for: account))
        }
        let view = DeskView(
            desk, csrf: site.forms.token(for: request, context: context), done: DoneNotice(site.query(of: request)),
            problem: failure?.message)
        return site.accountReply(
            .desk, title: "Favourites and notes", view: view, account: account, failure: failure, request: request,
            context: context)
    }
}
