import Contracts
import RPC

/// Mailed links: the token `good` opens what it is for, any other is unknown.
extension AccountsDouble {
    private func check(_ token: String) throws(ServiceError) {
        guard token != "good" else { return }
        throw ServiceError(.notFound, "the link is unknown, used or too old; ask for a new one", field: "token")
    }

    func verifyEmail(
        _ request: AccountsAPI.VerifyEmailRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.VerifyEmailReply {
        try check(request.token)
        return AccountsAPI.VerifyEmailReply()
    }

    func requestPasswordReset(
        _ request: AccountsAPI.RequestPasswordResetRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.RequestPasswordResetReply {
        guard request.email.contains("@") else {
            throw ServiceError(
                .invalidArgument, "an email address is written like name@example.org", field: "email")
        }
        return AccountsAPI.RequestPasswordResetReply()
    }

    func resetPassword(
        _ request: AccountsAPI.ResetPasswordRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.ResetPasswordReply {
        try check(request.token)
        guard request.password.utf8.count >= 10 else {
            throw ServiceError(.invalidArgument, "A password needs at least 10 characters.", field: "password")
        }
        return AccountsAPI.ResetPasswordReply()
    }
}
