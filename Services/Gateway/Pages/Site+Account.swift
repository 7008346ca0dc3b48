import Contracts
import HTTPTypes
import Hummingbird
import RPC

extension Site {
    /// What a form may answer with on its own page; anything else is a page of its own.
    private static let formFailures: Set<ServiceError.Kind> = [
        .invalidArgument, .alreadyExists, .failedPrecondition, .permissionDenied, .resourceExhausted, .notFound,
        .aborted, .outOfRange,
    ]

    /// Runs a page for a signed-in reader; everyone else is sent to log in and comes back.
    /// - Throws: what the page throws, or `Accounts.Authenticate`.
    func signedIn(
        _ request: Request, _ context: GatewayContext,
        _ page: (AccountsAPI.Account) async throws -> Response
    ) async throws -> Response {
        let reader = try await readers.reader(of: request, context: context)
        if let account = reader.account { return try await page(account) }
        let back = request.method == .post ? AccountSection.overview.path : LocalPath(request.uri.string)?.text ?? ""
        return seeOther("/login" + PercentCoding.query([("next", back)]))
    }

    /// Makes the call of a form: nil when it went through, or what to say on the form.
    /// - Throws: `ServiceFailure` for what is not the form's own fault.
    func attempt(_ call: () async throws(ServiceError) -> Void) async throws(ServiceFailure) -> Failure? {
        do throws(ServiceFailure) {
            try await asking(.accounts, call)
            return nil
        } catch {
            guard Self.formFailures.contains(error.error.kind) else { throw error }
            return Failure(error)
        }
    }

    /// A page of an account's own; never kept anywhere.
    func accountReply(
        _ template: TemplateName, title: String, view: some Sendable, account: AccountsAPI.Account,
        failure: Failure? = nil, request: Request, context: GatewayContext
    ) -> Response {
        let frame = frame(
            title: title, reader: .account(account, session: ""), request: request, context: context)
        var response = reply(template, view: view, frame: frame, status: failure?.status ?? .ok, keeping: .never)
        if let seconds = failure?.retryAfterSeconds { response.headers[.retryAfter] = "\(seconds)" }
        return response
    }

    /// After a form that went through: the page again, which says what was done.
    func done(_ notice: DoneNotice, at path: String) -> Response {
        seeOther(path + (path.contains("?") ? "&" : "?") + "done=\(notice.rawValue)")
    }
}
