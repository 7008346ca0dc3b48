extension Day {
    /// The day after; nil after the last day that a `Day` can name.
    package var next: Day? {
        let value = Int(number)
        return Day(number: value + 1) ?? Day(number: (value / 100 + 1) * 100 + 1)
            ?? Day(number: (value / 10_000 + 1) * 10_000 + 101)
    }

    /// The day before; nil before the first day that a `Day` can name.
    package var previous: Day? {
        let value = Int(number)
        if value % 100 > 1 { return Day(number: value - 1) }
        let month = value / 100 % 100
        let start = month > 1 ? (value / 10_000) * 10_000 + (month - 1) * 100 : (value / 10_000 - 1) * 10_000 + 1_200
        return [31, 30, 29, 28].lazy.compactMap { Day(number: start + $0) }.first
    }
}
