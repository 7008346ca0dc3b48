import HTTPTypes
import Hummingbird

extension ReaderIdentification {
    /// The reader of a call: `Authorization: Bearer TOKEN` first, then the cookies.
    /// - Throws: `HTTPError` 401 without any of them, or when the token is not valid; what `Accounts.Authenticate` throws.
    func callingReader(of request: Request, context: GatewayContext) async throws -> Reader {
        if let authorization = request.headers[.authorization] {
            let parts = authorization.split(separator: " ")
            guard parts.count == 2, parts[0].lowercased() == "bearer",
                let account = try await account(token: String(parts[1]), context: context)
            else { throw HTTPError(.unauthorized, message: "The bearer token is not valid. Log in for a new one.") }
            return .account(account, session: String(parts[1]))
        }
        let reader = try await reader(of: request, context: context)
        guard reader != .newcomer else {
            throw HTTPError(
                .unauthorized, message: "Send Authorization: Bearer with a token, or the cookie of a reader.")
        }
        return reader
    }
}
