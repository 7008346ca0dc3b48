import Contracts
import Hummingbird
import RPC

/// Finds out who asks: the session first, then the guest cookie.
struct ReaderIdentification: Sendable {
    /// Longer than any session token that Accounts makes (43 characters); longer ones are not worth a call.
    private static let maximumTokenLength = 128

    let accounts: AccountsAPI.Client
    let guestCookie: GuestCookie
    let names: CookieNames
    let surroundings: Surroundings

    /// The reader of a request. A session that has ended makes its reader a guest again and removes the cookie.
    /// - Throws: what `Accounts.Authenticate` throws, except that the session is unknown.
    func reader(of request: Request, context: GatewayContext) async throws(ServiceFailure) -> Reader {
        if let token = sessionToken(of: request) {
            if let account = try await account(token: token, context: context) {
                return .account(account, session: token)
            }
            context.cookies.add(names.removal(of: names.session))
        }
        return guest(of: request).map(Reader.guest) ?? .newcomer
    }

    /// The account of a session token; nil when the token is unknown, ended or expired.
    /// - Throws: what `Accounts.Authenticate` throws for any other reason.
    func account(token: String, context: GatewayContext) async throws(ServiceFailure) -> AccountsAPI.Account? {
        guard token.utf8.count <= Self.maximumTokenLength else { return nil }
        do {
            return try await asking(.accounts) { () throws(ServiceError) in
                try await accounts.authenticate(
                    AccountsAPI.AuthenticateRequest(token: token),
                    options: context.options(timeout: CallTimeouts.accounts))
            }
        } catch {
            if error.error.kind == .unauthenticated || error.error.kind == .invalidArgument { return nil }
            throw error
        }
    }

    /// The session cookie's token.
    func sessionToken(of request: Request) -> String? {
        guard let value = request.cookies[names.session]?.value, !value.isEmpty else { return nil }
        return value
    }

    /// The guest whose signed cookie the request carries.
    func guest(of request: Request) -> GuestID? {
        request.cookies[names.guest].flatMap { guestCookie.guest(of: $0.value) }
    }

    /// A new guest, whose cookie goes out with the reply.
    func mintGuest(context: GatewayContext) -> GuestID {
        let guest = GuestID(bytes: surroundings.randomBytes(GuestID.byteCount))
        context.cookies.add(names.line(names.guest, value: guestCookie.value(for: guest)))
        return guest
    }
}
