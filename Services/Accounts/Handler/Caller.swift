import Calendar

/// Who asks, once it is known that they may.
struct Caller: Sendable {
    let account: Account
    /// The handle of the session that asks; empty for a key.
    let session: String
    /// As the audit log names them.
    let actor: String
    let now: UTCInstant

    /// As rows name them.
    var subject: Subject { .account(account.id) }
}
