import Contracts
import HTTPTypes
import Hummingbird

extension Site {
    /// Runs a page for an administrator. A stranger is sent to log in, any other account is told that the page is not open
    /// to it; Accounts checks each call once more.
    /// - Throws: what the page throws.
    func administering(
        _ request: Request, _ context: GatewayContext, _ page: (AccountsAPI.Account) async throws -> Response
    ) async throws -> Response {
        try await signedIn(request, context) { account in
            guard account.isAdministrator else {
                return forbidden(account, request, context)
            }
            return try await page(account)
        }
    }

    /// The failure page with its reader in the header, so that nobody is told to log in who is.
    private func forbidden(
        _ account: AccountsAPI.Account, _ request: Request, _ context: GatewayContext
    ) -> Response {
        let failure = Failure(HTTPError(.forbidden, message: "This part of the site is for administrators."))
        let view = FailureView(
            failure, path: request.uri.path, requestID: context.requestID, isChange: request.method == .post)
        return accountReply(
            .failure, title: view.heading, view: view, account: account, failure: failure, request: request,
            context: context)
    }
}
