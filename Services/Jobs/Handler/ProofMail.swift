import Crypto
import Foundation
package import Mail

/// The mail that proves a domain, and what the store keeps of its token.
package struct ProofMail: Sendable {
    package let message: MailMessage
    package let tokenHash: [UInt8]

    /// SHA-256 of a token.
    static func hash(_ token: String) -> [UInt8] { Array(SHA256.hash(data: Data(token.utf8))) }
}
