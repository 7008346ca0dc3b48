import Contracts
import HTTPTypes
import Hummingbird
import NIOCore
import RPC

/// Everything that is held on a reader, to take along or to delete.
struct OwnDataPages: Sendable {
    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.get("/account/data", use: show)
        router.get("/account/data/export", use: export)
        router.post("/account/data/delete", use: delete)
    }

    @Sendable func show(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.signedIn(request, context) { account in page(account, nil, request, context) }
    }

    @Sendable func export(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.signedIn(request, context) { account in
            let file = try await OwnDataFile(of: account, site: site, context: context)
            let headers: HTTPFields = [
                .contentType: "application/json", .cacheControl: Site.Keeping.never.rawValue,
                .contentDisposition: "attachment; filename=\"coding-ahead-export.json\"",
            ]
            return Response(
                status: .ok, headers: headers,
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.bytes)))
        }
    }

    /// Deletes the account; the box must be ticked, so that no slip of the hand does it.
    @Sendable func delete(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.signedIn(request, context) { account in
            let fields = try await PostedForm(request, tokens: site.forms).fields
            guard fields["sure"] == "on" else {
                let failure = Failure(ServiceError(.invalidArgument, "Tick the box first.", field: "sure"))
                return page(account, failure, request, context)
            }
            let failure = try await site.attempt { () throws(ServiceError) in
                _ = try await site.services.me.deleteMe(
                    MeAPI.DeleteMeRequest(password: fields.verbatim("password"), code: fields["code"]),
                    options: context.options(for: account))
            }
            if let failure { return page(account, failure, request, context) }
            context.cookies.add(site.names.removal(of: site.names.session))
            let view = OwnDataView(csrf: "", email: "", hasFactor: false, problem: nil, isDeleted: true)
            return site.reply(.data, view: view, frame: PageFrame(title: "Account deleted"), keeping: .never)
        }
    }

    private func page(
        _ account: AccountsAPI.Account, _ failure: Failure?, _ request: Request, _ context: GatewayContext
    ) -> Response {
        let view = OwnDataView(
            csrf: site.forms.token(for: request, context: context), email: account.email,
            hasFactor: account.secondFactor, problem: failure?.message, isDeleted: false)
        return site.accountReply(
            .data, title: "Your data", view: view, account: account, failure: failure, request: request,
            context: context)
    }
}
