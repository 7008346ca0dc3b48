import RPC

/// Who asks, as the call says it.
enum Asker {
    /// Longer than any id of Accounts.
    private static let longestID = 128

    /// The account of the principal, else the guest.
    /// - Throws: `unauthenticated` without either.
    static func owner(_ context: CallContext, guest: String) throws(ServiceError) -> Owner {
        if let account = account(context) { return .account(account) }
        guard !guest.isEmpty, guest.utf8.count <= longestID else {
            throw ServiceError(.unauthenticated, "Log in, or ask as a guest from a page of the desk.")
        }
        return .guest(guest)
    }

    /// The account of the principal: its first word. Guests and the operator have none.
    static func account(_ context: CallContext) -> String? {
        let words = String(decoding: context.principal, as: UTF8.self).split(separator: " ")
        guard words.count >= 2 || words.count == 1, let first = words.first, first != "operator",
            first.utf8.count <= longestID
        else { return nil }
        return String(first)
    }
}
