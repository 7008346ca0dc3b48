package import Calendar

/// From a moment until just before another.
package struct Period: Sendable, Equatable, Hashable {
    package let start: UTCInstant
    /// The first moment after it: when the meter resets.
    package let end: UTCInstant

    /// The period from `start` until just before `end`.
    package init(start: UTCInstant, end: UTCInstant) {
        self.start = start
        self.end = end
    }
}
