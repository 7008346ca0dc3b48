package import Calendar

/// How long a session lives.
package enum SessionRules {
    /// A session ends this long after it was last used, seconds.
    package static let lifetime: Int64 = 30 * 86_400
    /// Its end is moved at most this often: once a day instead of with every call.
    package static let refreshInterval: Int64 = 86_400

    /// When a session that is used at `now` ends.
    package static func expiry(usedAt now: UTCInstant) -> UTCInstant { now.adding(seconds: lifetime) }

    /// Whether the stored end is so old that it should be moved.
    package static func needsRefresh(expiresAt: UTCInstant, now: UTCInstant) -> Bool {
        expiresAt < now.adding(seconds: lifetime - refreshInterval)
    }
}
