/// Scheme, host and port under which people reach the product: `https://coding.example.org`.
package struct Origin: Sendable, Equatable, CustomStringConvertible {
    /// `https`: cookies are `Secure`.
    package let isSecure: Bool
    /// Host with the port when it is not the scheme's own.
    package let authority: String

    package init(isSecure: Bool, authority: String) {
        self.isSecure = isSecure
        self.authority = authority
    }

    /// Reads `http://HOST[:PORT]` or `https://HOST[:PORT]`, nothing after it; `nil` when it is neither.
    package init?(_ text: String) {
        let isSecure = text.hasPrefix("https://")
        guard isSecure || text.hasPrefix("http://") else { return nil }
        let authority = text.dropFirst(isSecure ? 8 : 7)
        let named = authority.hasSuffix("]") || !authority.contains(":") ? "\(authority):80" : String(authority)
        guard HostPort(named) != nil else { return nil }
        self.init(isSecure: isSecure, authority: authority.lowercased())
    }

    package var description: String { (isSecure ? "https://" : "http://") + authority }
}
