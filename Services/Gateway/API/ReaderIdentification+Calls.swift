import HTTPTypes
import Hummingbird
import RPC

extension ReaderIdentification {
    /// The reader of a call that shows `Authorization: Bearer` with a session's token or an API key.
    /// - Throws: 401 when it is not valid; what `Accounts.Authenticate` throws.
    func callingReader(of request: Request, context: GatewayContext) async throws -> Reader {
        let parts = request.headers[.authorization]?.split(separator: " ") ?? []
        guard parts.count == 2, parts[0].lowercased() == "bearer",
            let account = try await account(token: String(parts[1]), context: context)
        else {
            throw ServiceError(
                .unauthenticated, "The bearer token is not valid. Log in for a new one.", reason: "bad_token")
        }
        return .account(account, session: String(parts[1]))
    }

    /// The guest whose cookie a request carries, or a newcomer; sessions are not looked at.
    func guestReader(of request: Request) -> Reader {
        guest(of: request).map(Reader.guest) ?? .newcomer
    }
}

extension Site {
    /// Who makes a metered call.
    /// - Throws: as `caller`; 401 for a newcomer: what is counted is counted for somebody.
    func knownCaller(_ call: ContractCall) async throws -> Reader {
        let reader = try await caller(call)
        guard reader != .newcomer else {
            throw ServiceError(
                .unauthenticated, "Send Authorization: Bearer with a token or a key, or the cookie of a reader.")
        }
        return reader
    }
}
