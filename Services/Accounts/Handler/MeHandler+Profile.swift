import Calendar
package import Contracts
package import RPC

extension MeHandler {
    /// The caller's account; see the contract.
    package func getMe(
        _ request: MeAPI.GetMeRequest, context: CallContext
    ) async throws(ServiceError) -> MeAPI.Profile {
        try await answering(context, .read) { caller in
            let account = caller.account
            let usage = try Feature.allCases.map { feature in
                AccountsAPI.FeatureUsage(
                    try base.ledger.usage(of: caller.subject, feature: feature, at: caller.now))
            }
            let until = account.term.until.flatMap { caller.now < $0 ? $0 : nil }
            return MeAPI.Profile(
                account: try reply(account, at: caller.now), usage: usage,
                pendingEmail: try base.accounts.pendingEmail(of: account.id, at: caller.now) ?? "",
                planEndsAt: until?.rfc3339 ?? "", nextPlan: until == nil ? "" : (account.term.next ?? .free).text)
        }
    }

    /// The caller's balances and entries; see the contract.
    package func getMyUsage(
        _ request: MeAPI.GetMyUsageRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.Usage {
        try await answering(context, .read) { caller in
            try base.usage(of: caller.subject, feature: request.feature, limit: request.pageSize)
        }
    }

    /// Mails the verification link again; see the contract.
    package func resendVerification(
        _ request: MeAPI.ResendVerificationRequest, context: CallContext
    ) async throws(ServiceError) -> MeAPI.ResendVerificationReply {
        try await answering(context, .write) { caller in
            guard !caller.account.isEmailVerified else {
                throw AccountError.precondition("the address is verified", reason: "verified")
            }
            var chance = SystemRandomNumberGenerator()
            let address = try EmailAddress(caller.account.email)
            let token = SecretToken(.verification, using: &chance)
            // An address that is somebody else's by now is told so, as at registration.
            let owner = try base.accounts.credentials(of: address)?.account
            let isTaken = owner.map { $0.id != caller.account.id && $0.isEmailVerified } ?? false
            let message =
                isTaken
                ? base.letters.taken(to: address, id: token.handle)
                : base.letters.withToken(.verify, token, to: address)
            try await base.accounts.mailToken(
                token.hash, account: caller.account.id, address: address,
                lifetime: MailedToken.verificationLifetime, message, at: caller.now)
            return MeAPI.ResendVerificationReply()
        }
    }

    /// An account in the contract's words.
    func reply(_ account: Account, at now: UTCInstant) throws -> AccountsAPI.Account {
        AccountsAPI.Account(account, plan: try base.plan(account.term.plan(at: now), at: now))
    }
}
