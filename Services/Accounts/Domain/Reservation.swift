package import Calendar

/// The answer to an act of reserving.
package struct Reservation: Sendable, Equatable {
    package let opening: Opening
    /// What to commit or refund; nil when refused, and for a repeat that holds no charge.
    package let hold: HoldID?
    package let expiresAt: UTCInstant?

    /// An opening with its hold.
    package init(_ opening: Opening, hold: HoldID?, expiresAt: UTCInstant?) {
        self.opening = opening
        self.hold = hold
        self.expiresAt = expiresAt
    }
}
