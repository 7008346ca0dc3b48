import Contracts
import HTTPTypes
import Hummingbird

extension Site {
    /// Runs a page for an administrator. A stranger is sent to log in, any other account is told that the page is not open
    /// to it; Accounts checks each call once more.
    /// - Throws: `HTTPError` 403; what the page throws.
    func administering(
        _ request: Request, _ context: GatewayContext, _ page: (AccountsAPI.Account) async throws -> Response
    ) async throws -> Response {
        try await signedIn(request, context) { account in
            guard account.isAdministrator else {
                throw HTTPError(.forbidden, message: "This part of the site is for administrators.")
            }
            return try await page(account)
        }
    }
}
