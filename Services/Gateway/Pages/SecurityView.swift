import Contracts

/// How a reader signs in, as `security.mustache` takes it.
struct SecurityView: Sendable {
    struct SessionView: Sendable {
        let id: String
        let client: String
        let network: String
        let createdAt: String
        let isCurrent: Bool
    }

    /// The form that a problem belongs to.
    enum Form: Sendable {
        case email
        case password
        case factor
        case sessions
    }

    /// A second factor that waits for its first code.
    struct Enrolment: Sendable {
        let secret: String
        /// In groups of four, for typing.
        let grouped: String
        /// Opens an authenticator on the same device; nil when the secret came back with a form.
        let uri: String?

        init(secret: String, uri: String?) {
            self.secret = secret
            self.uri = uri
            grouped = stride(from: 0, to: secret.count, by: 4).map { secret.dropFirst($0).prefix(4) }
                .joined(separator: " ")
        }
    }

    let sections = AccountSection.security.navigation
    let csrf: String
    let notice: String?
    let email: String
    let newEmail: String
    let pendingEmail: String?
    let emailProblem: String?
    let passwordProblem: String?
    let factorProblem: String?
    let sessionsProblem: String?
    let hasFactor: Bool
    let enrolment: Enrolment?
    let isEnrolling: Bool
    let recoveryCodes: [String]
    let hasRecoveryCodes: Bool
    let sessions: [SessionView]
    let hasOthers: Bool

    init(
        _ profile: MeAPI.Profile, sessions: [MeAPI.SessionInfo], csrf: String, done: DoneNotice?,
        problem: (form: Form, text: String)? = nil, newEmail: String = "", enrolment: Enrolment? = nil,
        recoveryCodes: [String] = []
    ) {
        let account = profile.account ?? AccountsAPI.Account()
        self.csrf = csrf
        notice = done?.text
        email = account.email
        self.newEmail = newEmail
        pendingEmail = profile.pendingEmail.isEmpty ? nil : profile.pendingEmail
        let text = { (form: Form) in problem.flatMap { $0.form == form ? $0.text : nil } }
        emailProblem = text(.email)
        passwordProblem = text(.password)
        factorProblem = text(.factor)
        sessionsProblem = text(.sessions)
        hasFactor = account.secondFactor
        self.enrolment = enrolment
        isEnrolling = enrolment != nil
        self.recoveryCodes = recoveryCodes
        hasRecoveryCodes = !recoveryCodes.isEmpty
        self.sessions = sessions.map { session in
            SessionView(
                id: session.id, client: session.client.isEmpty ? "A browser or program" : session.client,
                network: session.network.isEmpty ? "not known" : session.network,
                createdAt: UTCInstant(session.createdAt)?.words ?? session.createdAt, isCurrent: session.current)
        }
        hasOthers = sessions.count > 1
    }
}
