import RPC

/// Whose account an address is.
protocol SenderDirectory: Sendable {
    /// The account that verified an address; nil: none did.
    /// - Throws: what Accounts throws, but that it knows no such account.
    func account(of address: String, options: CallOptions) async throws(ServiceError) -> SenderAccount?
}

/// An account as mail needs to know it.
struct SenderAccount: Sendable, Equatable {
    var id: String
    var isSuspended: Bool
}
