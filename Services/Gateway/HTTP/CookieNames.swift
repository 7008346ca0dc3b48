/// The cookies of the site. With https each carries the `__Host-` prefix, which browsers accept only for `Secure` cookies
/// of this very host (RFC 6265bis §4.1.3.2).
struct CookieNames: Sendable {
    /// 400 days, the most that browsers keep a cookie for.
    private static let longestAge = 400 * 86_400

    let isSecure: Bool

    var guest: String { name("guest") }
    var session: String { name("session") }
    var form: String { name("form") }

    /// A line that sets a cookie until a moment, or as long as browsers do.
    func line(_ name: String, value: String, expires: UTCInstant? = nil) -> String {
        let age = expires.map { "Expires=\($0.httpDate)" } ?? "Max-Age=\(Self.longestAge)"
        return "\(name)=\(value); Path=/; \(age)\(attributes)"
    }

    /// A line that sets a cookie until the browser closes.
    func passingLine(_ name: String, value: String) -> String {
        "\(name)=\(value); Path=/\(attributes)"
    }

    /// A line that removes a cookie.
    func removal(of name: String) -> String {
        "\(name)=; Path=/; Max-Age=0\(attributes)"
    }

    private var attributes: String { "; HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "") }

    private func name(_ name: String) -> String { isSecure ? "__Host-" + name : name }
}
