import Runtime

/// How long what nobody needs is kept.
struct Retention: Sendable {
    /// Mail that was sent or has failed, without its text, seconds.
    let mail: Int64
    /// Accounts whose address nobody verified and that nobody is logged in to, seconds; nil: for ever.
    let unverified: Int64?

    /// As the operator sets it.
    init(_ settings: Settings) {
        mail = Int64(settings[.mailRetentionDays]) * 86_400
        let days = settings[.unverifiedRetentionDays]
        unverified = days == 0 ? nil : Int64(days) * 86_400
    }
}
