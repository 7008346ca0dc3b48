/// The second step of a login, as `logincode.mustache` takes it.
struct LoginCodeView: Sendable {
    let csrf: String
    /// What the first step gave; it stands for address and password, for five minutes.
    let ticket: String
    let next: String
    let problem: String
    let hasProblem: Bool

    init(csrf: String, ticket: String, next: LocalPath?, failure: Failure?) {
        self.csrf = csrf
        self.ticket = ticket
        self.next = next?.text ?? ""
        problem = failure?.message ?? ""
        hasProblem = failure != nil
    }
}
