/// Tells mail that no person wrote, which must never be answered (RFC 3834 §2; RFC 2919 and 2369 for lists).
enum AutomaticMail {
    /// Whether a message is automatic, a list's, or a bounce.
    /// - Parameter envelopeSender: empty for a bounce (RFC 5321 §4.5.5).
    static func isAutomatic(_ mail: IncomingMail, envelopeSender: String) -> Bool {
        if envelopeSender.isEmpty { return true }
        let submitted = mail.field("auto-submitted").lowercased()
        if !submitted.isEmpty, !submitted.hasPrefix("no") { return true }
        if ["bulk", "list", "junk", "auto_reply"].contains(mail.field("precedence").lowercased()) { return true }
        let signs = [
            "list-id", "list-unsubscribe", "x-autoreply", "x-autorespond", "x-auto-response-suppress", "x-loop",
        ]
        if signs.contains(where: { !mail.field($0).isEmpty }) { return true }
        let user = envelopeSender.split(separator: "@").first.map { $0.lowercased() } ?? ""
        let machines: Set = [
            "mailer-daemon", "postmaster", "noreply", "no-reply", "do-not-reply", "donotreply", "bounce", "bounces",
        ]
        return machines.contains(user)
            || machines.contains(mail.from.split(separator: "@").first.map(String.init) ?? "")
    }
}
