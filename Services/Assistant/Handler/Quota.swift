import Contracts
import Crypto
import RPC

/// What is charged for an answer, at Accounts: held before the work, kept when it answers, given back otherwise.
struct Quota: Sendable {
    /// A question takes seconds; a hold that a crash left is given back after this.
    private static let questionSeconds: UInt32 = 120

    let accounts: AccountsAPI.Client

    /// A charge that is held.
    struct Hold: Sendable {
        /// Empty: it was charged before.
        var id: String
        var balance: AccountsAPI.Balance
    }

    /// - Parameter accounts: a channel to Accounts; the owner closes it.
    init(_ accounts: any RPCChannel) {
        self.accounts = AccountsAPI.Client(accounts)
    }

    /// Holds one use of a feature.
    /// - Parameters:
    ///   - item: what it is for, at most 128 bytes; an item that is held already is not charged again.
    ///   - attempt: names this try, so that a try after one that was given back is a new one.
    ///   - seconds: how long the work may take.
    /// - Throws: `resourceExhausted` with Accounts' reason and the time until the meter starts again; what Accounts throws.
    func hold(
        _ feature: String, item: String, attempt: String, for owner: Owner, network: String, now: Int64,
        seconds: UInt32 = questionSeconds, options: CallOptions
    ) async throws(ServiceError) -> Hold {
        var options = options
        options.idempotencyKey = Self.key("reserve", feature, item, attempt, owner.text)
        let reply = try await accounts.reserve(
            AccountsAPI.ReserveRequest(
                subject: owner.subject, feature: feature, item: item, network: network, ttlSeconds: seconds),
            options: options)
        let balance = reply.balance ?? AccountsAPI.Balance()
        switch reply.outcome {
        case .granted, .repeat: return Hold(id: reply.hold, balance: balance)
        case .refused: throw Self.refusal(reply, balance, now: now)
        case .unspecified, .unrecognized:
            throw ServiceError(.internal, "Accounts answered with an outcome that this program does not know.")
        }
    }

    /// The work was delivered.
    func keep(_ hold: Hold, options: CallOptions) async throws(ServiceError) -> AccountsAPI.Balance {
        guard !hold.id.isEmpty else { return hold.balance }
        return try await accounts.commit(AccountsAPI.HoldRequest(hold: hold.id), options: options)
    }

    /// The work was not delivered.
    func giveBack(_ hold: Hold, options: CallOptions) async throws(ServiceError) -> AccountsAPI.Balance {
        guard !hold.id.isEmpty else { return hold.balance }
        return try await accounts.refund(AccountsAPI.HoldRequest(hold: hold.id), options: options)
    }

    private static func refusal(
        _ reply: AccountsAPI.ReserveReply, _ balance: AccountsAPI.Balance, now: Int64
    ) -> ServiceError {
        let words =
            reply.reason == "network_ceiling"
            ? "Guests in your network have used what one network has in a day."
            : "The \(balance.plan) plan's limit of \(balance.limit) is used."
        let resets = UTCSeconds(rfc3339: balance.resetsAt)?.value
        let until = resets == nil ? "" : " The meter resets at \(balance.resetsAt)."
        return ServiceError(
            .resourceExhausted, words + until, reason: reply.reason.isEmpty ? "limit" : reply.reason,
            retryAfter: resets.map { .seconds(max(1, $0 - now)) })
    }

    /// The same act has the same key, whoever repeats it and when.
    private static func key(_ parts: String...) -> IdempotencyKey? {
        let digest = SHA256.hash(data: Array(parts.joined(separator: "\n").utf8))
        return IdempotencyKey(Array(digest.prefix(16)))
    }
}

extension Owner {
    /// As Accounts names it.
    var subject: AccountsAPI.Subject {
        switch self {
        case .account(let id): AccountsAPI.Subject(kind: "account", id: id)
        case .guest(let id): AccountsAPI.Subject(kind: "guest", id: id)
        }
    }
}
