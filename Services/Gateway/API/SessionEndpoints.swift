import Contracts
import HTTPTypes
import Hummingbird
import RPC

/// `POST /v1/accounts` and `POST /v1/sessions`: the token of the reply goes into `Authorization: Bearer`.
struct SessionEndpoints: Sendable {
    private static let registration = ContractRoute(AccountsAPI.Methods.register)
    private static let logIn = ContractRoute(AccountsAPI.Methods.logIn)
    /// A token is never kept by anything on the way.
    private static let headers: HTTPFields = [.contentType: "application/json", .cacheControl: "no-store"]

    let site: Site

    func add(to router: Router<GatewayContext>) {
        Self.registration.add(to: router, handler: register)
        Self.logIn.add(to: router, handler: logIn)
    }

    @Sendable func register(_ request: Request, context: GatewayContext) async throws -> Response {
        var message = try await Self.registration.value(
            AccountsAPI.RegisterRequest.self, from: request, context: context)
        message.guestId = site.readers.guest(of: request)?.text ?? ""
        message.network = site.metering.network.prefix(of: request, peer: context.peer)
        let filled = message
        let session = try await asking(.accounts) { () throws(ServiceError) in
            try await site.services.accounts.register(filled, options: context.options(timeout: CallTimeouts.accounts))
        }
        return JSONReply.make(try Self.registration.json(session), headers: Self.headers)
    }

    @Sendable func logIn(_ request: Request, context: GatewayContext) async throws -> Response {
        var message = try await Self.logIn.value(AccountsAPI.LogInRequest.self, from: request, context: context)
        message.network = site.metering.network.prefix(of: request, peer: context.peer)
        let filled = message
        let session = try await asking(.accounts) { () throws(ServiceError) in
            try await site.services.accounts.logIn(filled, options: context.options(timeout: CallTimeouts.accounts))
        }
        return JSONReply.make(try Self.logIn.json(session), headers: Self.headers)
    }
}
