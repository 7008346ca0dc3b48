/// Names a request in logs, replies and every call that it causes.
struct RequestIdentifier: Sendable, Equatable {
    /// Longer ones are somebody's payload, not an id.
    private static let maximumLength = 64

    let text: String

    /// A caller's own id; nil unless it is 1 to 64 letters, digits, `-`, `_` or `.`.
    init?(_ text: String) {
        let allowed = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                true
            default: false
            }
        }
        guard !text.isEmpty, text.utf8.count <= Self.maximumLength, allowed else { return nil }
        self.text = text
    }

    /// A new id of 12 random bytes.
    init(surroundings: Surroundings) {
        text = Base64URL.text(of: surroundings.randomBytes(12))
    }
}
