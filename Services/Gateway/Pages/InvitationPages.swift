import Contracts
import HTTPTypes
import Hummingbird
import RPC

/// Where an invitation's link leads. As with every mailed link, opening it only shows a form; sending the form joins.
struct InvitationPages: Sendable {
    /// An invitation, as `invitation.mustache` takes it.
    private struct View: Sendable {
        let csrf: String
        let token: String
        let organisation: String
        let email: String
        let isSignedIn: Bool
        let isOtherAddress: Bool
        let isLost: Bool
        let problem: String?
        let notice: String? = nil
        let loginPath: String
        let registerPath: String
    }

    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.get("/invitation", use: show)
        router.post("/invitation", use: accept)
    }

    @Sendable func show(_ request: Request, context: GatewayContext) async throws -> Response {
        let reader = await site.readerForHeader(of: request, context: context)
        return try await page(site.query(of: request)["token"], reader, nil, request, context)
    }

    @Sendable func accept(_ request: Request, context: GatewayContext) async throws -> Response {
        let fields = try await PostedForm(request, tokens: site.forms).fields
        let token = fields["token"]
        let reader = try await site.readers.reader(of: request, context: context)
        guard let account = reader.account else {
            return site.seeOther("/login" + PercentCoding.query([("next", Self.path(token))]))
        }
        var joined = ""
        let failure = try await site.attempt { () throws(ServiceError) in
            joined = try await site.services.organisations.acceptInvitation(
                .init(token: token), options: context.options(for: account)
            ).id
        }
        if let failure { return try await page(token, reader, failure, request, context) }
        return site.done(.joined, at: "\(AccountSection.organisations.path)/\(joined)")
    }

    private func page(
        _ token: String, _ reader: Reader, _ failure: Failure?, _ request: Request, _ context: GatewayContext
    ) async throws -> Response {
        var notice = OrganisationsAPI.InvitationNotice()
        let unknown = try await site.attempt { () throws(ServiceError) in
            notice = try await site.services.organisations.lookAtInvitation(
                .init(token: token), options: context.options(timeout: CallTimeouts.accounts))
        }
        let next = PercentCoding.query([("next", Self.path(token))])
        let view = View(
            csrf: site.forms.token(for: request, context: context), token: token, organisation: notice.organisation,
            email: notice.email, isSignedIn: reader.account != nil,
            isOtherAddress: reader.account.map { $0.email.lowercased() != notice.email.lowercased() } ?? false,
            isLost: unknown != nil, problem: (failure ?? unknown)?.message, loginPath: "/login" + next,
            registerPath: "/register" + next)
        let frame = site.frame(title: "Join an organisation", reader: reader, request: request, context: context)
        return site.reply(
            .invitation, view: view, frame: frame, status: (failure ?? unknown)?.status ?? .ok, keeping: .never)
    }

    private static func path(_ token: String) -> String { "/invitation" + PercentCoding.query([("token", token)]) }
}
