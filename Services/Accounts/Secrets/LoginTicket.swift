package import Calendar
import Crypto

/// What stands for address and password while the second factor's code is asked for: the account and the end of its time,
/// signed with a key that this process made at its start. It opens nothing without a code, and nothing at all once the
/// password was changed.
package struct LoginTicket: Sendable {
    /// How long somebody may look for a code, seconds.
    package static let lifetime: Int64 = 300

    private let key: SymmetricKey

    /// A new key: tickets of another process, or of one before a restart, are none.
    package init() {
        key = SymmetricKey(size: .bits256)
    }

    /// A ticket for an account whose password was right.
    package func text(for account: AccountID, passwordHash: String, at now: UTCInstant) -> String {
        let end = now.adding(seconds: Self.lifetime).seconds
        return "\(account.text).\(end).\(Hexadecimal.text(Array(signature(account, end, passwordHash))))"
    }

    /// The account that a ticket names; nil when it cannot be one or is over. `isValid` says whether it is true.
    package func account(_ text: String, at now: UTCInstant) -> AccountID? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 200, parts.count == 3, let end = Int64(parts[1]), now.seconds < end,
            end <= now.seconds + Self.lifetime
        else { return nil }
        return AccountID(String(parts[0]))
    }

    /// Whether it was made here, for this password.
    package func isValid(_ text: String, for account: AccountID, passwordHash: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let end = Int64(parts[1]), let code = Hexadecimal.bytes(String(parts[2])) else {
            return false
        }
        return HMAC<SHA256>.isValidAuthenticationCode(
            code, authenticating: message(account, end, passwordHash), using: key)
    }

    private func signature(_ account: AccountID, _ end: Int64, _ hash: String) -> HMAC<SHA256>.MAC {
        HMAC<SHA256>.authenticationCode(for: message(account, end, hash), using: key)
    }

    private func message(_ account: AccountID, _ end: Int64, _ hash: String) -> [UInt8] {
        Array("login ticket\n\(account.text)\n\(end)\n\(hash)".utf8)
    }
}
