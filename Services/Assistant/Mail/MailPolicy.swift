import Runtime

/// What the operator's settings say of mail that comes in.
struct MailPolicy: Sendable {
    /// Where cases are mailed to, lower case.
    var address: String
    var identifiers = CaseIdentifiers.redact
    var strangers = CaseStrangers.refuse
    /// The receiving server whose Authentication-Results are believed; empty: none.
    var trustedServer = ""

    /// Whether an address is the desk's, with or without a `+tag`.
    func isOurs(_ recipient: String) -> Bool {
        let parts = recipient.lowercased().split(separator: "@")
        let own = address.split(separator: "@")
        guard parts.count == 2, own.count == 2 else { return false }
        return parts[1] == own[1] && parts[0].prefix { $0 != "+" } == own[0]
    }
}
