import HTTPTypes

/// A failure with what helps, as `failure.mustache` takes it.
struct FailureView: Sendable {
    let status: Int
    let heading: String
    let message: String
    let requestID: String
    /// Shown for our own failures, so that it can be reported.
    let isOurs: Bool
    /// Whether a search may find what was meant.
    let offersSearch: Bool
    /// What is away, and what still works.
    let awayPurpose: String
    let isAway: Bool
    /// When to try again, in words.
    let wait: String
    let hasWait: Bool
    let offersLogin: Bool
    let loginPath: String
    /// Words to search for instead: the code that was not found.
    let search: String

    /// Somebody is signed in, and the page is not for this account.
    let isForeign: Bool

    /// - Parameter isChange: whether a form was sent, and not a page asked for.
    init(_ failure: Failure, path: String, requestID: String, isChange: Bool = false) {
        status = failure.status.code
        message = failure.message
        self.requestID = requestID
        isOurs = failure.status.code >= 500 && failure.status != .serviceUnavailable
        isAway = failure.awayService != nil
        awayPurpose = failure.awayService?.purpose ?? ""
        let seconds = failure.retryAfterSeconds ?? 0
        wait = Self.words(forSeconds: seconds)
        hasWait = seconds > 0
        offersLogin = failure.status == .unauthorized
        isForeign = failure.status == .forbidden && !isChange
        loginPath = "/login" + PercentCoding.query([("next", path)])
        let parts = path.split(separator: "/")
        let isCodePath = parts.count == 3 && parts[0] == "codes"
        offersSearch = failure.status == .notFound || (isCodePath && failure.status == .badRequest)
        search = isCodePath ? PercentCoding.decode(parts[2].utf8) ?? "" : ""
        heading =
            switch failure.status.code {
            case 400: "That cannot be read"
            case 401: "Log in first"
            case 403: isChange ? "That was not done" : "This page is for others"
            case 404: isCodePath ? "No such code" : "Page not found"
            case 409: "That was done already"
            case 413, 414: "Too long"
            case 415: "Wrong kind of content"
            case 429: "Too many attempts"
            case 503, 504: "Part of the site is not answering"
            default: "Something went wrong"
            }
    }

    private static func words(forSeconds seconds: Int) -> String {
        switch seconds {
        case ..<2: "a second"
        case ..<120: "\(seconds) seconds"
        case ..<7_200: "\((seconds + 59) / 60) minutes"
        default: "\((seconds + 3_599) / 3_600) hours"
        }
    }
}
