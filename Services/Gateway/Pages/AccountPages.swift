import Contracts
import HTTPTypes
import Hummingbird
import RPC

/// Registration, log-in and log-out.
struct AccountPages: Sendable {
    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.get("/register", use: registration)
        router.post("/register", use: register)
        router.get("/login", use: loginForm)
        router.post("/login", use: logIn)
        router.post("/login/code", use: logInWithCode)
        router.post("/logout", use: logOut)
    }

    @Sendable func registration(_ request: Request, context: GatewayContext) async throws -> Response {
        try await form(.register, request, context)
    }

    @Sendable func loginForm(_ request: Request, context: GatewayContext) async throws -> Response {
        try await form(.login, request, context)
    }

    @Sendable func register(_ request: Request, context: GatewayContext) async throws -> Response {
        let fields = try await PostedForm(request, tokens: site.forms).fields
        let message = AccountsAPI.RegisterRequest(
            email: fields["email"], password: fields.verbatim("password"),
            guestId: site.readers.guest(of: request)?.text ?? "",
            network: site.metering.network.prefix(of: request, peer: context.peer))
        return try await session(.register, fields, request, context) { () throws(ServiceError) in
            try await site.services.accounts.register(message, options: context.options(timeout: CallTimeouts.accounts))
        }
    }

    @Sendable func logIn(_ request: Request, context: GatewayContext) async throws -> Response {
        let fields = try await PostedForm(request, tokens: site.forms).fields
        let message = AccountsAPI.LogInRequest(
            email: fields["email"], password: fields.verbatim("password"),
            network: site.metering.network.prefix(of: request, peer: context.peer), client: client(of: request),
            wantsTicket: true)
        return try await session(.login, fields, request, context) { () throws(ServiceError) in
            try await site.services.accounts.logIn(message, options: context.options(timeout: CallTimeouts.accounts))
        }
    }

    /// The second step for an account that has a second factor: the ticket stands for address and password.
    @Sendable func logInWithCode(_ request: Request, context: GatewayContext) async throws -> Response {
        let fields = try await PostedForm(request, tokens: site.forms).fields
        let message = AccountsAPI.LogInRequest(
            network: site.metering.network.prefix(of: request, peer: context.peer), code: fields["code"],
            client: client(of: request), ticket: fields["ticket"])
        // Without a ticket there is no first step to go on from: Accounts would take the call for one.
        guard !message.ticket.isEmpty else { return site.seeOther("/login") }
        return try await session(.logincode, fields, request, context) { () throws(ServiceError) in
            try await site.services.accounts.logIn(message, options: context.options(timeout: CallTimeouts.accounts))
        }
    }

    /// What a session is called in its owner's list.
    private func client(of request: Request) -> String {
        let ascii = (request.headers[.userAgent] ?? "").utf8.prefix(Self.maximumClient).filter {
            (0x20..<0x7F).contains($0)
        }
        return String(decoding: ascii, as: UTF8.self)
    }

    /// What Accounts keeps of a browser's name, bytes.
    private static let maximumClient = 200

    @Sendable func logOut(_ request: Request, context: GatewayContext) async throws -> Response {
        _ = try await PostedForm(request, tokens: site.forms)
        if let token = site.readers.sessionToken(of: request) {
            _ = try await asking(.accounts) { () throws(ServiceError) in
                try await site.services.accounts.logOut(
                    AccountsAPI.LogOutRequest(token: token), options: context.options(timeout: CallTimeouts.accounts))
            }
            context.cookies.add(site.names.removal(of: site.names.session))
        }
        return site.seeOther("/")
    }

    /// The empty form; a reader who is signed in already has no use for it.
    private func form(_ template: TemplateName, _ request: Request, _ context: GatewayContext) async throws -> Response
    {
        let next = LocalPath(site.query(of: request)["next"])
        let reader = await site.readerForHeader(of: request, context: context)
        guard reader.account == nil else { return site.seeOther(next?.text ?? "/account") }
        let view = CredentialsFormView(csrf: site.forms.token(for: request, context: context), next: next)
        return page(template, view, .ok)
    }

    /// Makes a session and goes on to where the reader came from, or shows the form again with what was wrong.
    private func session(
        _ template: TemplateName, _ fields: FormFields, _ request: Request, _ context: GatewayContext,
        call: () async throws(ServiceError) -> AccountsAPI.Session
    ) async throws -> Response {
        let next = LocalPath(fields["next"])
        do throws(ServiceFailure) {
            let session = try await asking(.accounts, call)
            if !session.ticket.isEmpty { return codePage(ticket: session.ticket, next: next, request, context) }
            // An end that we cannot read is no reason to keep a session for longer than the browser is open.
            let line =
                UTCInstant(session.expiresAt).map {
                    site.names.line(site.names.session, value: session.token, expires: $0)
                } ?? site.names.passingLine(site.names.session, value: session.token)
            context.cookies.add(line)
            return site.seeOther(next?.text ?? "/account")
        } catch {
            let shown: Set<ServiceError.Kind> = [
                .invalidArgument, .alreadyExists, .unauthenticated, .resourceExhausted, .permissionDenied,
            ]
            guard shown.contains(error.error.kind) else { throw error }
            let failure = Failure(error)
            if template == .logincode, failure.reason != "ticket_over" {
                return codePage(ticket: fields["ticket"], next: next, failure: failure, request, context)
            }
            let view = CredentialsFormView(
                csrf: site.forms.token(for: request, context: context), next: next, email: fields["email"],
                failure: failure)
            var response = page(template == .logincode ? .login : template, view, failure.status)
            if let seconds = failure.retryAfterSeconds { response.headers[.retryAfter] = "\(seconds)" }
            if failure.status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
            return response
        }
    }

    /// Asks for the second factor's code.
    private func codePage(
        ticket: String, next: LocalPath?, failure: Failure? = nil, _ request: Request, _ context: GatewayContext
    ) -> Response {
        let view = LoginCodeView(
            csrf: site.forms.token(for: request, context: context), ticket: ticket, next: next, failure: failure)
        var frame = PageFrame(title: "Log in")
        frame.returnPath = next?.text ?? ""
        var response = site.reply(
            .logincode, view: view, frame: frame, status: failure?.status ?? .ok, keeping: .never)
        if let seconds = failure?.retryAfterSeconds { response.headers[.retryAfter] = "\(seconds)" }
        if failure?.status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
        return response
    }

    private func page(_ template: TemplateName, _ view: CredentialsFormView, _ status: HTTPResponse.Status) -> Response
    {
        var frame = PageFrame(title: template == .register ? "Register free account" : "Log in")
        frame.returnPath = view.next
        return site.reply(template, view: view, frame: frame, status: status, keeping: .never)
    }
}
