/// The days from a first to a last one.
package struct DaySpan: Sendable, Hashable {
    package var first: Day
    /// Nil: open.
    package var last: Day?

    /// Names the ends.
    package init(_ first: Day, _ last: Day?) {
        self.first = first
        self.last = last
    }

    /// Whether a day is among them.
    package func holds(_ day: Day) -> Bool { first <= day && last.map { day <= $0 } ?? true }
}
