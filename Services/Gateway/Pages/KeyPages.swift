import Contracts
import HTTPTypes
import Hummingbird
import RPC

/// A reader's API keys: made, listed, revoked.
struct KeyPages: Sendable {
    private static let scopes = ["read", "ask", "write"]

    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.get("/account/keys", use: show)
        router.post("/account/keys", use: create)
        router.post("/account/keys/revoke", use: revoke)
    }

    @Sendable func show(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.signedIn(request, context) { account in
            try await page(account, request, context)
        }
    }

    /// Makes a key and shows it; it is stored hashed and cannot be shown again.
    @Sendable func create(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.signedIn(request, context) { account in
            let fields = try await PostedForm(request, tokens: site.forms).fields
            let scopes = Self.scopes.filter { fields["scope-\($0)"] == "on" }
            var secret: String?
            let failure = try await site.attempt { () throws(ServiceError) in
                let made = try await site.services.me.createKey(
                    MeAPI.CreateKeyRequest(name: fields["name"], scopes: scopes),
                    options: context.options(for: account))
                secret = made.secret
            }
            let name = failure == nil ? "" : fields["name"]
            return try await page(account, failure: failure, secret: secret, name: name, request, context)
        }
    }

    @Sendable func revoke(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.signedIn(request, context) { account in
            let fields = try await PostedForm(request, tokens: site.forms).fields
            let failure = try await site.attempt { () throws(ServiceError) in
                _ = try await site.services.me.revokeKey(
                    MeAPI.RevokeKeyRequest(id: fields["id"]), options: context.options(for: account))
            }
            guard let failure else { return site.done(.key, at: AccountSection.keys.path) }
            return try await page(account, failure: failure, request, context)
        }
    }

    private func page(
        _ account: AccountsAPI.Account, failure: Failure? = nil, secret: String? = nil, name: String = "",
        _ request: Request, _ context: GatewayContext
    ) async throws -> Response {
        let keys = try await asking(.accounts) { () throws(ServiceError) in
            try await site.services.me.listKeys(MeAPI.ListKeysRequest(), options: context.options(for: account))
        }
        let view = KeysView(
            keys.keys, csrf: site.forms.token(for: request, context: context),
            done: DoneNotice(site.query(of: request)), problem: failure?.message, secret: secret, name: name)
        return site.accountReply(
            .keys, title: "API keys", view: view, account: account, failure: failure, request: request,
            context: context)
    }
}
