import Contracts
import RPC

/// The account `factor@example.org` has a second factor, whose code is always 123456.
extension AccountsDouble {
    static let factorEmail = "factor@example.org"

    func secondStep(_ request: AccountsAPI.LogInRequest) throws(ServiceError) -> AccountsAPI.Session {
        guard request.ticket == "a ticket" else {
            throw ServiceError(.unauthenticated, "That took too long.", reason: "ticket_over")
        }
        guard request.code == "123456" else {
            throw ServiceError(.unauthenticated, "The code is wrong.", field: "code", reason: "wrong_code")
        }
        return AccountsAPI.Session(
            token: Self.token(Self.factorEmail), expiresAt: "2027-11-24T00:00:00Z",
            account: Self.account(Self.factorEmail))
    }
}
