import Calendar
package import Contracts
package import RPC

extension AccountsHandler {
    /// Verifies an address by the token that was mailed to it; see the contract.
    package func verifyEmail(
        _ request: AccountsAPI.VerifyEmailRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.VerifyEmailReply {
        try await answering {
            let now = clock.now
            let account: Account
            if let token = SecretToken(.verification, request.token) {
                account = try await accounts.verifyEmail(token.hash, changing: false, at: now)
            } else if let token = SecretToken(.emailChange, request.token) {
                account = try await accounts.verifyEmail(token.hash, changing: true, at: now)
            } else {
                throw AccountError.unknownToken
            }
            return AccountsAPI.VerifyEmailReply(
                account: AccountsAPI.Account(account, plan: try plan(account.term.plan(at: now), at: now)))
        }
    }

    /// Mails a link to set a new password; see the contract. Nothing waits for the disk, so that the time of the answer
    /// tells nothing of who has an account.
    package func requestPasswordReset(
        _ request: AccountsAPI.RequestPasswordResetRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.RequestPasswordResetReply {
        try await answering {
            _ = try NetworkPrefix(request.network)
            let address = try EmailAddress(request.email)
            var chance = SystemRandomNumberGenerator()
            let token = SecretToken(.passwordReset, using: &chance)
            if let known = try accounts.credentials(of: address) {
                let own = try EmailAddress(known.account.email)
                accounts.submitToken(
                    token.hash, account: known.account.id, address: own, lifetime: MailedToken.resetLifetime,
                    letters.withToken(.reset, token, to: own), at: clock.now)
            }
            return AccountsAPI.RequestPasswordResetReply()
        }
    }

    /// Sets a new password by the token that was mailed; see the contract.
    package func resetPassword(
        _ request: AccountsAPI.ResetPasswordRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.ResetPasswordReply {
        try await answering {
            guard let token = SecretToken(.passwordReset, request.token),
                let owner = try accounts.owner(ofToken: token.hash, at: clock.now)
            else { throw AccountError.unknownToken }
            let password = try Password(chosen: request.password, for: owner.address)
            let hash = try await passwords.hash(password.bytes)
            let notice = letters.notice(
                "The password of your account was set anew by a link that was mailed to you. All sessions and keys "
                    + "have ended.", to: owner.address.text, id: token.handle)
            try await accounts.resetPassword(token.hash, passwordHash: hash, notice: notice, at: clock.now)
            return AccountsAPI.ResetPasswordReply()
        }
    }
}
