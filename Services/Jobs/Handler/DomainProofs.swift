import Crypto
import Foundation

/// How the proof of a domain is sent and looked up.
package struct DomainProofs: Sendable {
    /// The record that is looked up, below the employer's domain.
    package static let recordLabel = "_codingahead-proof"

    /// Mails a token to an address.
    let mail: @Sendable (_ token: String, _ address: String, _ employer: String) async throws -> Void
    /// The TXT records of a name; none when there is none.
    let textRecords: @Sendable (_ name: String) async throws -> [String]

    /// The two ways to the outside.
    package init(
        mail: @escaping @Sendable (_ token: String, _ address: String, _ employer: String) async throws -> Void,
        textRecords: @escaping @Sendable (_ name: String) async throws -> [String]
    ) {
        self.mail = mail
        self.textRecords = textRecords
    }

    /// A new token: 160 random bits.
    static func token() -> String {
        var chance = SystemRandomNumberGenerator()
        return RandomID.make(using: &chance) + RandomID.make(using: &chance)
    }

    /// What the store keeps of it.
    static func hash(_ token: String) -> [UInt8] { Array(SHA256.hash(data: Data(token.utf8))) }
}
