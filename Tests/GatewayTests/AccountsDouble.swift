import Contracts
import RPC
import Synchronization

/// Stands for the Accounts process: the product's two free plans, kept in memory, with a count of every call.
final class AccountsDouble: AccountsAPI.Service {
    static let resetsAt = "2026-12-01T00:00:00Z"

    private struct State {
        var opens: [AccountsAPI.OpenRequest] = []
        var opened: [String: [String]] = [:]
        var carried: [String: [String]] = [:]
        var accounts: [String: AccountsAPI.Account] = [:]
        var passwords: [String: String] = [:]
        var failure: ServiceError?
        var openFailure: ServiceError?
        var refusal = ""
        var seenRequestIDs: [String] = []
        var seenKeys: [[UInt8]] = []
        var seenTraces: [String] = []
        var seenPrincipals: [String] = []
        var verdict = AccountsAPI.UseLicenceReply.Verdict.noLicence
        var usedLicences: [String] = []
    }

    private let state = Mutex(State())

    /// Every call of Open.
    var opens: [AccountsAPI.OpenRequest] { state.withLock { $0.opens } }
    /// The request ids that came along with calls of Open.
    var seenRequestIDs: [String] { state.withLock { $0.seenRequestIDs } }
    /// The traces that calls of Open belong to.
    var seenTraces: [String] { state.withLock { $0.seenTraces } }
    /// The idempotency keys that came along with calls of Open.
    var seenKeys: [[UInt8]] { state.withLock { $0.seenKeys } }
    /// For whom calls of Open were made, as their header said.
    var seenPrincipals: [String] { state.withLock { $0.seenPrincipals } }
    /// The licensed texts that were asked for.
    var usedLicences: [String] { state.withLock { $0.usedLicences } }
    /// From now on licensed texts may be shown, or not.
    func license(_ verdict: AccountsAPI.UseLicenceReply.Verdict) { state.withLock { $0.verdict = verdict } }
    /// From now on every call fails so.
    func fail(with error: ServiceError?) { state.withLock { $0.failure = error } }
    /// From now on Open fails so.
    func failOpen(with error: ServiceError?) { state.withLock { $0.openFailure = error } }
    /// From now on Open refuses everyone for that reason.
    func refuse(because reason: String) { state.withLock { $0.refusal = reason } }

    private func answer() throws(ServiceError) {
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }

    func register(
        _ request: AccountsAPI.RegisterRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.Session {
        try answer()
        guard request.password.utf8.count >= 10 else {
            throw ServiceError(.invalidArgument, "A password needs at least 10 characters.", field: "password")
        }
        let token = Self.token(request.email)
        let account = Self.account(request.email)
        let isNew = state.withLock { state in
            guard state.accounts[token] == nil else { return false }
            state.accounts[token] = account
            state.passwords[request.email] = request.password
            state.carried[account.id] = state.opened["guest/\(request.guestId)"] ?? []
            return true
        }
        guard isNew else { throw ServiceError(.alreadyExists, "This address has an account.", field: "email") }
        return AccountsAPI.Session(token: token, expiresAt: "2027-11-24T00:00:00Z", account: account)
    }

    func logIn(
        _ request: AccountsAPI.LogInRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.Session {
        try answer()
        if !request.ticket.isEmpty { return try secondStep(request) }
        guard state.withLock({ $0.passwords[request.email] }) == request.password else {
            throw ServiceError(.unauthenticated, "The address or the password is wrong.")
        }
        if request.wantsTicket, request.email == Self.factorEmail { return AccountsAPI.Session(ticket: "a ticket") }
        return AccountsAPI.Session(
            token: Self.token(request.email), expiresAt: "2027-11-24T00:00:00Z", account: Self.account(request.email))
    }

    func logOut(
        _ request: AccountsAPI.LogOutRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.LogOutReply {
        try answer()
        return AccountsAPI.LogOutReply()
    }

    func authenticate(
        _ request: AccountsAPI.AuthenticateRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.Account {
        try answer()
        guard let account = state.withLock({ $0.accounts[request.token] }) else {
            throw ServiceError(.unauthenticated, "Log in again.")
        }
        var known = account
        known.principal = "\(account.id) session handle"
        return known
    }

    func open(
        _ request: AccountsAPI.OpenRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.OpenReply {
        try answer()
        let failure = state.withLock { state in
            state.opens.append(request)
            state.seenRequestIDs.append(context.requestID)
            state.seenPrincipals.append(String(decoding: context.principal, as: UTF8.self))
            state.seenTraces.append(context.trace?.traceparent ?? "")
            state.seenKeys.append(context.idempotencyKey?.bytes ?? [])
            return state.openFailure
        }
        if let failure { throw failure }
        let subject = request.subject ?? AccountsAPI.Subject()
        let limit: UInt32 = subject.kind == "guest" ? 1 : 5
        let key = "\(subject.kind)/\(subject.id)"
        return state.withLock { state in
            var opened = state.opened[key] ?? []
            let outcome: AccountsAPI.OpenReply.Outcome
            if opened.contains(request.item) || (state.carried[subject.id] ?? []).contains(request.item) {
                outcome = .repeat
            } else if !state.refusal.isEmpty || opened.count >= limit {
                outcome = .refused
            } else {
                opened.append(request.item)
                state.opened[key] = opened
                outcome = .granted
            }
            let balance = AccountsAPI.Balance(
                limit: limit, remaining: limit - UInt32(opened.count), resetsAt: Self.resetsAt,
                plan: subject.kind == "guest" ? "guest" : "free")
            let reason = state.refusal.isEmpty ? "limit" : state.refusal
            return AccountsAPI.OpenReply(
                outcome: outcome, balance: balance, reason: outcome == .refused ? reason : "")
        }
    }

    func getBalance(
        _ request: AccountsAPI.GetBalanceRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.Balance {
        try answer()
        return AccountsAPI.Balance(limit: 5, remaining: 5, resetsAt: Self.resetsAt, plan: "free")
    }

    func getPlan(
        _ request: AccountsAPI.GetPlanRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.Plan {
        try answer()
        let isGuest = request.plan == "guest"
        return AccountsAPI.Plan(
            plan: request.plan, effectiveDate: "2026-01-01",
            allowances: [
                AccountsAPI.Allowance(
                    feature: "code_page", limit: isGuest ? 1 : 5, period: isGuest ? "rolling_30_days" : "month")
            ],
            openBlocks: isGuest ? ["official", "common"] : Self.allBlocks)
    }

    func getLicence(
        _ request: AccountsAPI.GetLicenceRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.Licence {
        let isActive = state.withLock { $0.verdict } != .noLicence
        return AccountsAPI.Licence(
            status: isActive ? "active" : "none", system: "cpt", termsVersion: "2026-1",
            termsAccepted: isActive && state.withLock { $0.verdict } != .termsNeeded)
    }

    func useLicence(
        _ request: AccountsAPI.UseLicenceRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.UseLicenceReply {
        state.withLock { state in
            state.usedLicences.append("\(request.accountId) \(request.item)")
            return AccountsAPI.UseLicenceReply(verdict: state.verdict, termsVersion: "2026-1")
        }
    }

    private static let allBlocks = [
        "official", "common", "clinical", "procedure", "guidelines", "facts", "edits", "history",
    ]

    static func token(_ email: String) -> String { "token-" + String(email.prefix { $0 != "@" }) }

    static func account(_ email: String) -> AccountsAPI.Account {
        AccountsAPI.Account(
            id: "account-" + String(email.prefix { $0 != "@" }), email: email, plan: "free",
            createdAt: "2026-11-24T03:00:00Z", openBlocks: allBlocks, roles: ["member"],
            principal: "account-\(email.prefix { $0 != "@" }) session handle")
    }
}
