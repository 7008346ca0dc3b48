import Contracts
import HTTPTypes
import Hummingbird
import RPC

/// Where the links of Accounts' mails lead: `/verify` for an address, `/reset` for a password. A link only opens a form; what
/// it stands for is done when the form is sent, so that a mail scanner that follows links uses nothing up.
struct RecoveryPages: Sendable {
    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.get("/verify", use: verification)
        router.post("/verify", use: verify)
        router.get("/reset", use: resetForm)
        router.post("/reset", use: reset)
    }

    @Sendable func verification(_ request: Request, context: GatewayContext) async throws -> Response {
        let token = site.query(of: request)["token"]
        return await page(.verify, token.isEmpty ? .lost : .open(token: token), request, context)
    }

    @Sendable func verify(_ request: Request, context: GatewayContext) async throws -> Response {
        let fields = try await PostedForm(request, tokens: site.forms).fields
        let token = fields["token"]
        return try await page(.verify, .open(token: token), request, context) { () throws(ServiceError) in
            _ = try await site.services.accounts.verifyEmail(
                AccountsAPI.VerifyEmailRequest(token: token), options: context.options(timeout: CallTimeouts.accounts))
        }
    }

    @Sendable func resetForm(_ request: Request, context: GatewayContext) async throws -> Response {
        let token = site.query(of: request)["token"]
        return await page(.reset, token.isEmpty ? .lost : .open(token: token), request, context)
    }

    /// Without a token a link is asked for, with one the new password is set.
    @Sendable func reset(_ request: Request, context: GatewayContext) async throws -> Response {
        let fields = try await PostedForm(request, tokens: site.forms).fields
        let token = fields["token"]
        let options = context.options(timeout: CallTimeouts.accounts)
        if token.isEmpty {
            let message = AccountsAPI.RequestPasswordResetRequest(
                email: fields["email"], network: site.metering.network.prefix(of: request, peer: context.peer))
            return try await page(.reset, .lost, request, context) { () throws(ServiceError) in
                _ = try await site.services.accounts.requestPasswordReset(message, options: options)
            }
        }
        let message = AccountsAPI.ResetPasswordRequest(token: token, password: fields.verbatim("password"))
        return try await page(.reset, .open(token: token), request, context) { () throws(ServiceError) in
            _ = try await site.services.accounts.resetPassword(message, options: options)
        }
    }

    /// Makes the call and shows what came of it: done, or the form again with what was wrong.
    private func page(
        _ template: TemplateName, _ link: RecoveryView.Link, _ request: Request, _ context: GatewayContext,
        call: () async throws(ServiceError) -> Void
    ) async throws -> Response {
        do throws(ServiceFailure) {
            try await asking(.accounts, call)
            return await page(template, link, request, context, isDone: true)
        } catch {
            let shown: Set<ServiceError.Kind> = [
                .invalidArgument, .notFound, .resourceExhausted, .permissionDenied,
            ]
            guard shown.contains(error.error.kind) else { throw error }
            // A link that is used up is of no more use: the form to ask for another stands in its place.
            let isUsedUp = error.error.kind == .notFound
            return await page(template, isUsedUp ? .lost : link, request, context, failure: Failure(error))
        }
    }

    private func page(
        _ template: TemplateName, _ link: RecoveryView.Link, _ request: Request, _ context: GatewayContext,
        isDone: Bool = false, failure: Failure? = nil
    ) async -> Response {
        let reader = await site.readerForHeader(of: request, context: context)
        let view = RecoveryView(
            csrf: site.forms.token(for: request, context: context), link: link, isDone: isDone, failure: failure)
        let title = template == .verify ? "Verify your address" : "Set a new password"
        let frame = site.frame(title: title, reader: reader, request: request, context: context)
        var response = site.reply(
            template, view: view, frame: frame, status: failure?.status ?? .ok, keeping: .never)
        if let seconds = failure?.retryAfterSeconds { response.headers[.retryAfter] = "\(seconds)" }
        return response
    }
}
