import Crypto
import HTTPTypes
import Hummingbird

/// A strong validator (RFC 9110 §8.8.3): the same tag, the same answer.
struct EntityTag: Sendable, Equatable {
    /// What a coding adds before the closing quotation mark, so that each coding has a tag of its own.
    static let gzipSuffix = "-gzip"
    /// 144 bits of SHA-256: no two answers ever share them by accident.
    private static let digestBytes = 18

    /// With its quotation marks.
    let text: String

    /// The tag of an answer that follows from these words.
    init(of parts: [String]) {
        self.init(of: Array(parts.joined(separator: "\n").utf8))
    }

    /// The tag of these very bytes.
    init(of bytes: [UInt8]) {
        let digest = SHA256.hash(data: bytes)
        text = "\"\(Base64URL.text(of: Array(digest.prefix(Self.digestBytes))))\""
    }

    /// The spelling under which `If-None-Match` names this tag (RFC 9110 §13.1.2: a list, compared weakly), in any coding; nil
    /// when it does not. `*` does not count: it would tell nothing of what the caller holds.
    func named(by request: Request) -> String? {
        for field in request.headers[values: .ifNoneMatch] {
            for part in field.split(separator: ",") {
                var part = part.drop { $0 == " " }
                if part.hasPrefix("W/") { part = part.dropFirst(2) }
                part = part.prefix { $0 != " " }
                if part == text || part == Self.coded(text) { return String(part) }
            }
        }
        return nil
    }

    /// A tag's text for the answer in gzip.
    static func coded(_ text: String) -> String {
        text.hasSuffix("\"") ? text.dropLast() + gzipSuffix + "\"" : text
    }
}
