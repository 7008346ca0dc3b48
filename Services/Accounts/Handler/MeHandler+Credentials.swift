import Calendar
package import Contracts
import Mail
package import RPC

extension MeHandler {
    /// Sets another password; see the contract.
    package func changePassword(
        _ request: MeAPI.ChangePasswordRequest, context: CallContext
    ) async throws(ServiceError) -> MeAPI.ChangePasswordReply {
        try await answering(context, .session) { caller in
            let address = try EmailAddress(caller.account.email)
            let chosen = try Password(chosen: request.newPassword, for: address, field: "new_password")
            _ = try await checkPassword(request.password, of: caller)
            let hash = try await base.passwords.hash(chosen.bytes)
            try await base.accounts.changePassword(
                of: caller.account.id, passwordHash: hash, keeping: caller.session,
                notice: notice("The password of your account was changed. All other sessions have ended.", caller),
                at: caller.now)
            return MeAPI.ChangePasswordReply()
        }
    }

    /// Mails a link to a new address; see the contract.
    package func changeEmail(
        _ request: MeAPI.ChangeEmailRequest, context: CallContext
    ) async throws(ServiceError) -> MeAPI.ChangeEmailReply {
        try await answering(context, .session) { caller in
            let address = try EmailAddress(request.email)
            guard address.canonical != (try EmailAddress(caller.account.email)).canonical else {
                throw InvalidField("email", "this is your address already")
            }
            _ = try await checkPassword(request.password, of: caller)
            var chance = SystemRandomNumberGenerator()
            let token = SecretToken(.emailChange, using: &chance)
            let isTaken = try base.accounts.credentials(of: address)?.account.isEmailVerified ?? false
            let message =
                isTaken
                ? base.letters.taken(to: address, id: token.handle)
                : base.letters.withToken(.change, token, to: address)
            try await base.accounts.mailToken(
                token.hash, account: caller.account.id, address: address,
                lifetime: MailedToken.verificationLifetime, message,
                notice: notice("Somebody with your password asked to change your account's address.", caller),
                at: caller.now)
            return MeAPI.ChangeEmailReply()
        }
    }

    /// A new secret for a second factor; see the contract.
    package func startSecondFactor(
        _ request: MeAPI.StartSecondFactorRequest, context: CallContext
    ) async throws(ServiceError) -> MeAPI.SecondFactorSecret {
        try await answering(context, .session) { caller in
            let known = try await checkPassword(request.password, of: caller)
            guard known.secret.isEmpty else {
                throw AccountError.precondition("turn the second factor off first", reason: "second_factor_on")
            }
            var chance = SystemRandomNumberGenerator()
            let code = TimeCode(using: &chance)
            try await base.accounts.startSecondFactor(code.secret, of: caller.account.id)
            // The address is plain ASCII without blanks; what an otpauth label may not hold is percent-encoded.
            let label = caller.account.email.utf8.map { byte in
                isIdentifierByte(byte) || byte == 0x2E || byte == 0x40
                    ? String(UnicodeScalar(byte)) : "%" + Hexadecimal.text([byte]).uppercased()
            }.joined()
            return MeAPI.SecondFactorSecret(
                secret: code.text,
                uri: "otpauth://totp/Coding%20Ahead:\(label)?secret=\(code.text)&issuer=Coding%20Ahead")
        }
    }

    /// Turns the second factor on; see the contract.
    package func confirmSecondFactor(
        _ request: MeAPI.ConfirmSecondFactorRequest, context: CallContext
    ) async throws(ServiceError) -> MeAPI.RecoveryCodes {
        try await answering(context, .session) { caller in
            let secret = try base.accounts.pendingSecret(of: caller.account.id)
            guard !secret.isEmpty else {
                throw AccountError.precondition("start with a new secret", reason: "no_secret")
            }
            let step = TimeCode(secret: secret).matchingStep(request.code, at: caller.now.seconds, after: 0)
            guard let step else {
                throw ServiceError(
                    .invalidArgument, "the code is not the one that the app shows now", field: "code",
                    reason: "wrong_code")
            }
            var chance = SystemRandomNumberGenerator()
            let codes = (0..<RecoveryCode.count).map { _ in RecoveryCode(using: &chance) }
            try await base.accounts.confirmSecondFactor(
                of: caller.account.id, step: step, recovery: codes.map { $0.hash(for: caller.account.id) },
                notice: notice("A second factor was turned on for your account.", caller), at: caller.now)
            return MeAPI.RecoveryCodes(codes: codes.map(\.text))
        }
    }

    /// Turns the second factor off; see the contract.
    package func endSecondFactor(
        _ request: MeAPI.EndSecondFactorRequest, context: CallContext
    ) async throws(ServiceError) -> MeAPI.EndSecondFactorReply {
        try await answering(context, .session) { caller in
            let known = try await checkPassword(request.password, of: caller)
            guard !known.secret.isEmpty else {
                throw AccountError.precondition("there is no second factor", reason: "no_second_factor")
            }
            let factor = try base.secondFactor(request.code, of: known)
            try await base.accounts.endSecondFactor(
                of: caller.account.id, factor: factor,
                notice: notice("The second factor of your account was turned off.", caller), at: caller.now)
            base.gate.codeSucceeded(caller.account.id)
            return MeAPI.EndSecondFactorReply()
        }
    }

    private func notice(_ what: String, _ caller: Caller) -> MailMessage {
        base.letters.notice(what, to: caller.account.email, id: base.word())
    }
}
