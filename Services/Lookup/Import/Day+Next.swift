extension Day {
    /// The day after; nil after the last day that a `Day` can name.
    package var next: Day? {
        let value = Int(number)
        return Day(number: value + 1) ?? Day(number: (value / 100 + 1) * 100 + 1)
            ?? Day(number: (value / 10_000 + 1) * 10_000 + 101)
    }
}
