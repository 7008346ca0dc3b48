/// Scheme, host and port under which readers reach the site, e.g. `https://codes.example.org`.
package struct PublicOrigin: Sendable, Equatable {
    /// The origin as browsers write it in `Origin`: no path, no trailing slash.
    package let text: String
    /// Whether the scheme is https, so that cookies are `Secure`.
    package let isSecure: Bool

    /// Reads an origin; nil when it is not `http://` or `https://` with a host and nothing after it.
    package init?(_ text: String) {
        let trimmed = text.hasSuffix("/") ? String(text.dropLast()) : text
        let host: Substring
        if trimmed.hasPrefix("https://") {
            isSecure = true
            host = trimmed.dropFirst("https://".count)
        } else if trimmed.hasPrefix("http://") {
            isSecure = false
            host = trimmed.dropFirst("http://".count)
        } else {
            return nil
        }
        let allowed = host.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ":"),
                UInt8(ascii: "["), UInt8(ascii: "]"):
                true
            default: false
            }
        }
        guard !host.isEmpty, allowed else { return nil }
        self.text = trimmed
    }
}
