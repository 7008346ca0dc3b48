/// What the receiving server found of a sender (RFC 8601), taken only from fields with its own name.
enum AuthenticationVerdict: String, Sendable {
    /// DMARC passed, or SPF or DKIM for the address in From.
    case pass
    /// It was checked and did not pass.
    case fail
    /// No trusted server said anything.
    case unknown

    /// Reads `Authentication-Results` fields.
    ///
    /// The server that received the message puts its field on top, and removes those with its name that came from outside (RFC 8601 §5);
    /// fields of other names, and any below the first trusted one, are what a sender may have written.
    /// - Parameter server: the trusted server's name; empty: none is trusted.
    static func read(_ mail: IncomingMail, trusting server: String) -> AuthenticationVerdict {
        guard !server.isEmpty else { return .unknown }
        let fields = mail.fields.filter { $0.name == "authentication-results" }
        guard let first = fields.first else { return .unknown }
        let parts = first.value.split(separator: ";").map { $0.trimmed.lowercased() }
        let name = parts.first.map { $0.prefix { $0 != " " } } ?? ""
        guard name == server.lowercased() else { return .unknown }
        let results = parts.dropFirst()
        func passed(_ method: String) -> Bool { results.contains { $0.hasPrefix("\(method)=pass") } }
        func failed(_ method: String) -> Bool {
            results.contains {
                $0.hasPrefix("\(method)=") && !$0.hasPrefix("\(method)=pass") && !$0.hasPrefix("\(method)=none")
            }
        }
        if passed("dmarc") { return .pass }
        if failed("dmarc") { return .fail }
        let domain = mail.from.split(separator: "@").last.map(String.init) ?? ""
        for result in results where result.hasPrefix("dkim=pass") || result.hasPrefix("spf=pass") {
            let words = result.split { $0 == " " || $0 == "\t" }.map(String.init)
            let aligned = words.contains { word in
                ["header.d=", "header.i=", "smtp.mailfrom=", "header.from="].contains { key in
                    guard word.hasPrefix(key) else { return false }
                    let value = word.dropFirst(key.count).split(separator: "@").last.map(String.init) ?? ""
                    return value == domain || domain.hasSuffix("." + value)
                }
            }
            if aligned { return .pass }
        }
        return failed("spf") || failed("dkim") ? .fail : .unknown
    }
}
