package import Calendar
import Crypto

/// Signatures between us and a payment provider: HMAC-SHA-256 with a secret that both know.
///
/// An event carries `t=SECONDS,v1=HEXADECIMAL` over the seconds, a dot and the body's bytes; a page's address ends in a
/// signature over its query. Several secrets hold while one is being replaced; the first one signs.
package struct PaymentSigner: Sendable {
    /// How far an event's time may be from ours, seconds: an old one that somebody recorded is not taken again, and a step of
    /// either clock of minutes does no harm.
    package static let tolerance: Int64 = 300
    /// Shortest secret, bytes.
    package static let shortestSecret = 16

    private let keys: [SymmetricKey]

    /// Signs with the first secret, believes all of them.
    package init(secrets: [[UInt8]]) {
        precondition(!secrets.isEmpty, "a signer has a secret")
        keys = secrets.map { SymmetricKey(data: $0) }
    }

    /// A secret of this process alone, for the test provider.
    package init() {
        keys = [SymmetricKey(size: .bits256)]
    }

    /// An event's signature.
    package func signature(of body: [UInt8], at now: UTCInstant) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Self.message(body, now.seconds), using: keys[0])
        return "t=\(now.seconds),v1=\(Hexadecimal.text(Array(code)))"
    }

    /// Checks an event's signature; unknown parts of it are passed over, as a provider may add some.
    ///
    /// - Throws: `AccountError.badSignature`: `bad_signature` when it is none of ours, `stale` when it is too old.
    package func check(_ signature: String, of body: [UInt8], at now: UTCInstant) throws(AccountError) {
        guard signature.utf8.count <= 1_024 else { throw .badSignature(reason: "bad_signature") }
        var time: Int64?
        var codes: [[UInt8]] = []
        for part in signature.split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { continue }
            if pair[0] == "t" { time = Int64(pair[1]) }
            if pair[0] == "v1", let code = Hexadecimal.bytes(String(pair[1])) { codes.append(code) }
        }
        guard let time, time > 0 else { throw .badSignature(reason: "bad_signature") }
        let message = Self.message(body, time)
        let isOurs = keys.contains { key in
            codes.contains { HMAC<SHA256>.isValidAuthenticationCode($0, authenticating: message, using: key) }
        }
        guard isOurs else { throw .badSignature(reason: "bad_signature") }
        // After the signature: only a provider learns how our clock stands.
        guard abs(now.seconds - time) <= Self.tolerance else { throw .badSignature(reason: "stale") }
    }

    /// The signature of an address's query.
    package func signature(ofQuery query: String) -> String {
        Hexadecimal.text(Array(HMAC<SHA256>.authenticationCode(for: Array(query.utf8), using: keys[0])))
    }

    private static func message(_ body: [UInt8], _ seconds: Int64) -> [UInt8] {
        Array("\(seconds).".utf8) + body
    }
}
