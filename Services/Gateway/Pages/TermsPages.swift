import Contracts
import HTTPTypes
import Hummingbird
import RPC

/// The end-user terms of a licensed code set: read and accepted once per version, before its first text.
struct TermsPages: Sendable {
    /// The terms, as `licenceterms.mustache` takes them.
    private struct View: Sendable {
        let csrf: String
        let system: String
        let systemName: String
        let version: String
        let text: String
        let isAccepted: Bool
        let next: String
        let problem: String?
    }

    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.get("/account/terms/:system", use: show)
        router.post("/account/terms/:system", use: accept)
    }

    @Sendable func show(_ request: Request, context: GatewayContext) async throws -> Response {
        let next = LocalPath(site.query(of: request)["next"])
        return try await site.signedIn(request, context) { account in
            try await page(account, next, nil, request, context)
        }
    }

    @Sendable func accept(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.signedIn(request, context) { account in
            let fields = try await PostedForm(request, tokens: site.forms).fields
            let system = try Self.system(context)
            let next = LocalPath(fields["next"])
            let failure = try await site.attempt { () throws(ServiceError) in
                _ = try await site.services.me.acceptTerms(
                    MeAPI.AcceptTermsRequest(system: system, version: fields["version"]),
                    options: context.options(for: account))
            }
            if let failure { return try await page(account, next, failure, request, context) }
            guard let next else { return site.done(.terms, at: "/account/terms/\(system)") }
            return site.seeOther(next.text)
        }
    }

    private func page(
        _ account: AccountsAPI.Account, _ next: LocalPath?, _ failure: Failure?, _ request: Request,
        _ context: GatewayContext
    ) async throws -> Response {
        let system = try Self.system(context)
        let terms = try await asking(.accounts) { () throws(ServiceError) in
            try await site.services.me.getTerms(
                MeAPI.GetTermsRequest(system: system), options: context.options(for: account))
        }
        let view = View(
            csrf: site.forms.token(for: request, context: context), system: system,
            systemName: CodeSystem.name(of: system), version: terms.version, text: terms.text,
            isAccepted: terms.accepted, next: next?.text ?? "", problem: failure?.message)
        return site.accountReply(
            .licenceterms, title: "Terms for \(view.systemName)", view: view, account: account, failure: failure,
            request: request, context: context)
    }

    private static func system(_ context: GatewayContext) throws -> String {
        guard let system = context.parameters.get("system"), CodeSystem(rawValue: system)?.licence == system else {
            throw HTTPError(.notFound)
        }
        return system
    }
}
