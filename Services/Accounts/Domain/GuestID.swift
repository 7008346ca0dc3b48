/// Who a browser without an account is: minted and signed by Gateway, opaque here.
///
/// Ids that begin with their time of minting keep new guests' ledger rows side by side in the store, so that a shared
/// commit writes few pages.
package struct GuestID: Sendable, Equatable, Hashable {
    package let text: String

    /// 8 to 64 of `A-Z a-z 0-9 _ -`; nil otherwise.
    package init?(_ text: String) {
        let bytes = text.utf8
        guard (8...64).contains(bytes.count), bytes.allSatisfy(isIdentifierByte) else { return nil }
        self.text = text
    }
}
