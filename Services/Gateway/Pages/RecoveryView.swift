/// The links of Accounts' mails, as `verify.mustache` and `reset.mustache` take them.
struct RecoveryView: Sendable {
    /// What a reader came with.
    enum Link: Sendable, Equatable {
        /// A token from a mail.
        case open(token: String)
        /// No token, or one that is used up.
        case lost
    }

    let csrf: String
    let token: String
    let hasToken: Bool
    let isDone: Bool
    let problem: String
    let hasProblem: Bool

    init(csrf: String, link: Link, isDone: Bool, failure: Failure?) {
        self.csrf = csrf
        switch link {
        case .open(let token): (self.token, hasToken) = (token, true)
        case .lost: (token, hasToken) = ("", false)
        }
        self.isDone = isDone
        problem = failure?.message ?? ""
        hasProblem = failure != nil
    }
}
