import Calendar
import Foundation
package import Runtime

/// Where people pay. We send them to the provider's pages with a signed address; what happens there comes back as signed
/// events. No provider's own interface is known here: whoever has another one puts a small adapter between.
package enum PaymentProvider: Sendable {
    /// Nothing is sold.
    case none
    /// Built in, for development and tests: its pages are ours, its events go the way of real ones.
    case test(PaymentSigner)
    /// A provider's checkout page, `https://…`.
    case pages(address: String, PaymentSigner)

    /// A setting that cannot be followed.
    package struct Fault: Error, CustomStringConvertible {
        package let description: String
    }

    /// Reads the settings, and the secrets: a line each, the newest first.
    ///
    /// - Throws: `Fault` when the address is none, or there is no secret to it.
    package init(_ settings: Settings) throws {
        switch settings[.payments] {
        case "": self = .none
        case "test": self = .test(PaymentSigner())
        case let address:
            guard let url = URL(string: address), url.scheme == "https", url.host != nil, url.query == nil else {
                throw Fault(description: "CODINGAHEAD_PAYMENTS must be test, or an https address without a query")
            }
            let file = settings[.paymentSecretFile]
            guard let data = FileManager.default.contents(atPath: file) else {
                throw Fault(description: "CODINGAHEAD_PAYMENT_SECRET_FILE: \(file) cannot be read")
            }
            let secrets = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).map {
                Array($0.utf8)
            }
            guard !secrets.isEmpty, secrets.allSatisfy({ $0.count >= PaymentSigner.shortestSecret }) else {
                throw Fault(
                    description: "CODINGAHEAD_PAYMENT_SECRET_FILE: each line is a secret of "
                        + "\(PaymentSigner.shortestSecret) bytes or more")
            }
            self = .pages(address: address, PaymentSigner(secrets: secrets))
        }
    }

    /// What signs and believes events; nil when nothing is sold.
    var signer: PaymentSigner? {
        switch self {
        case .none: nil
        case .test(let signer), .pages(_, let signer): signer
        }
    }

    /// What readers are told: `none`, `test`, or the host of the provider's pages.
    var name: String {
        switch self {
        case .none: "none"
        case .test: "test"
        case .pages(let address, _): URL(string: address)?.host ?? "none"
        }
    }

    /// The address to send somebody to.
    ///
    /// - Parameter parts: what is bought or done, in the order in which it is signed.
    /// - Throws: `AccountError.precondition` when nothing is sold.
    func page(for id: String, _ parts: [(String, String)], origin: String, now: UTCInstant) throws -> String {
        let back = ("return", "\(origin)/account/billing")
        let until = ("expires", "\(now.adding(seconds: Checkout.lifetime).seconds)")
        let query = ([("checkout", id)] + parts + [back, until])
            .map { "\($0.0)=\(Self.escaped($0.1))" }.joined(separator: "&")
        switch self {
        case .none: throw AccountError.precondition("nothing is sold here", reason: "no_provider")
        case .test: return "\(origin)/account/billing/test?id=\(id)"
        case .pages(let address, let signer):
            return "\(address)?\(query)&signature=\(signer.signature(ofQuery: query))"
        }
    }

    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            isIdentifierByte(byte) || byte == 0x2E
                ? String(UnicodeScalar(byte)) : "%" + Hexadecimal.text([byte]).uppercased()
        }.joined()
    }
}
