import Contracts
import Hummingbird
import RPC

/// A refusal by a meter as a reply to a call: 429 with the moment when the meter starts again.
struct Refusal: Sendable {
    /// The refusal as an error.
    let error: ServiceError
    private let problem: Failure
    private let resetsAt: String

    init(_ opened: AccountsAPI.OpenReply, site: Site) {
        let balance = opened.balance ?? AccountsAPI.Balance()
        resetsAt = balance.resetsAt
        let wait = UTCInstant(resetsAt).map { max(1, $0.secondsSince1970 - site.surroundings.now()) }
        let words =
            opened.reason == "network_ceiling"
            ? "Guests in your network have used what one network has in a day."
            : "The \(balance.plan) plan's limit of \(balance.limit) is used."
        let until = UTCInstant(resetsAt).map { " The meter resets on \($0.words)." } ?? ""
        error = ServiceError(
            .resourceExhausted, words + until, reason: opened.reason, retryAfter: wait.map { .seconds($0) })
        problem = Failure(error)
    }

    func reply(context: GatewayContext) throws -> Response {
        try Problem(problem, requestID: context.requestID, resetAt: resetsAt.isEmpty ? nil : resetsAt)
            .reply(retryAfterSeconds: problem.retryAfterSeconds)
    }
}
