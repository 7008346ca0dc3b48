import Contracts
import HTTPTypes
import Hummingbird
import RPC

/// Address, password, second factor and sessions of a reader's own account.
struct SecurityPages: Sendable {
    private static let path = AccountSection.security.path

    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.get("/account/security", use: show)
        router.post("/account/security/email", use: changeEmail)
        router.post("/account/security/password", use: changePassword)
        router.post("/account/security/factor", use: startFactor)
        router.post("/account/security/factor/confirm", use: confirmFactor)
        router.post("/account/security/factor/end", use: endFactor)
        router.post("/account/security/sessions/end", use: endSession)
        router.post("/account/security/sessions/end-others", use: endOthers)
    }

    @Sendable func show(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.signedIn(request, context) { account in
            try await page(Shown(), account, request, context)
        }
    }

    @Sendable func changeEmail(_ request: Request, context: GatewayContext) async throws -> Response {
        try await form(.email, done: .email, request, context) { fields, options throws(ServiceError) in
            _ = try await site.services.me.changeEmail(
                MeAPI.ChangeEmailRequest(email: fields["email"], password: fields.verbatim("password")),
                options: options)
        }
    }

    @Sendable func changePassword(_ request: Request, context: GatewayContext) async throws -> Response {
        try await form(.password, done: .password, request, context) { fields, options throws(ServiceError) in
            _ = try await site.services.me.changePassword(
                MeAPI.ChangePasswordRequest(
                    password: fields.verbatim("password"), newPassword: fields.verbatim("new_password")),
                options: options)
        }
    }

    @Sendable func endFactor(_ request: Request, context: GatewayContext) async throws -> Response {
        try await form(.factor, done: .factorOff, request, context) { fields, options throws(ServiceError) in
            _ = try await site.services.me.endSecondFactor(
                MeAPI.EndSecondFactorRequest(password: fields.verbatim("password"), code: fields["code"]),
                options: options)
        }
    }

    @Sendable func endSession(_ request: Request, context: GatewayContext) async throws -> Response {
        try await form(.sessions, done: .session, request, context) { fields, options throws(ServiceError) in
            _ = try await site.services.me.endSession(MeAPI.EndSessionRequest(id: fields["id"]), options: options)
        }
    }

    @Sendable func endOthers(_ request: Request, context: GatewayContext) async throws -> Response {
        try await form(.sessions, done: .sessions, request, context) { _, options throws(ServiceError) in
            _ = try await site.services.me.endOtherSessions(MeAPI.EndOtherSessionsRequest(), options: options)
        }
    }

    /// Shows the new secret; it counts once a code of it was confirmed.
    @Sendable func startFactor(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.signedIn(request, context) { account in
            let fields = try await PostedForm(request, tokens: site.forms).fields
            var enrolment: SecurityView.Enrolment?
            let failure = try await site.attempt { () throws(ServiceError) in
                let made = try await site.services.me.startSecondFactor(
                    MeAPI.StartSecondFactorRequest(password: fields.verbatim("password")),
                    options: context.options(for: account))
                enrolment = SecurityView.Enrolment(secret: made.secret, uri: made.uri)
            }
            let shown = Shown(form: .factor, failure: failure, enrolment: enrolment)
            return try await page(shown, account, request, context)
        }
    }

    /// Shows the recovery codes, once.
    @Sendable func confirmFactor(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.signedIn(request, context) { account in
            let fields = try await PostedForm(request, tokens: site.forms).fields
            var codes: [String] = []
            let failure = try await site.attempt { () throws(ServiceError) in
                let made = try await site.services.me.confirmSecondFactor(
                    MeAPI.ConfirmSecondFactorRequest(code: fields["code"]), options: context.options(for: account))
                codes = made.codes
            }
            let again = failure == nil ? nil : SecurityView.Enrolment(secret: fields["secret"], uri: nil)
            let shown = Shown(form: .factor, failure: failure, enrolment: again, recoveryCodes: codes)
            return try await page(shown, account, request, context)
        }
    }

    /// What a page shows beside the present state.
    private struct Shown {
        var form = SecurityView.Form.email
        var failure: Failure?
        var newEmail = ""
        var enrolment: SecurityView.Enrolment?
        var recoveryCodes: [String] = []
    }

    /// A form that makes one call and leads back here.
    private func form(
        _ form: SecurityView.Form, done: DoneNotice, _ request: Request, _ context: GatewayContext,
        call: (FormFields, CallOptions) async throws(ServiceError) -> Void
    ) async throws -> Response {
        try await site.signedIn(request, context) { account in
            let fields = try await PostedForm(request, tokens: site.forms).fields
            let options = context.options(for: account)
            let failure = try await site.attempt { () throws(ServiceError) in try await call(fields, options) }
            guard let failure else { return site.done(done, at: Self.path) }
            let shown = Shown(form: form, failure: failure, newEmail: fields["email"])
            return try await page(shown, account, request, context)
        }
    }

    private func page(
        _ shown: Shown, _ account: AccountsAPI.Account, _ request: Request, _ context: GatewayContext
    ) async throws -> Response {
        let options = context.options(for: account)
        let profile = try await asking(.accounts) { () throws(ServiceError) in
            try await site.services.me.getMe(MeAPI.GetMeRequest(), options: options)
        }
        let sessions = try await asking(.accounts) { () throws(ServiceError) in
            try await site.services.me.listSessions(MeAPI.ListSessionsRequest(), options: options)
        }
        let view = SecurityView(
            profile, sessions: sessions.sessions, csrf: site.forms.token(for: request, context: context),
            done: DoneNotice(site.query(of: request)), problem: shown.failure.map { (shown.form, $0.message) },
            newEmail: shown.newEmail, enrolment: shown.enrolment, recoveryCodes: shown.recoveryCodes)
        return site.accountReply(
            .security, title: "Sign-in and security", view: view, account: account, failure: shown.failure,
            request: request, context: context)
    }
}
