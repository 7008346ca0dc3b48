/// Registration and log-in, as `register.mustache` and `login.mustache` take it.
struct CredentialsFormView: Sendable {
    let csrf: String
    let next: String
    let email: String
    /// What was wrong with the last try, and with which field.
    let problem: String
    let hasProblem: Bool
    let isEmailWrong: Bool
    let isPasswordWrong: Bool
    let loginPath: String
    let registerPath: String

    init(csrf: String, next: LocalPath?, email: String = "", failure: Failure? = nil) {
        self.csrf = csrf
        self.next = next?.text ?? ""
        self.email = email
        problem = failure?.message ?? ""
        hasProblem = failure != nil
        isEmailWrong = failure?.field == "email"
        isPasswordWrong = failure?.field == "password"
        let query = PercentCoding.query([("next", self.next)])
        loginPath = "/login" + query
        registerPath = "/register" + query
    }
}
