/// When a code was added and from when it may no longer be used.
struct HCPCSDates {
    let added: Day?
    let retired: Day?

    /// Nil when a date of the row is no day.
    init?(_ row: HCPCSRow, table: HCPCSIndicatorTable) {
        var dates: [String: Day] = [:]
        for (indicator, values) in zip(table.indicators, row.values) where indicator.kind == .date {
            for value in values {
                guard let day = Int(value).flatMap(Day.init(number:)) else { return nil }
                dates[indicator.name] = day
            }
        }
        added = dates["Added"]
        // The file names the last day of use.
        retired = dates["Terminated"]?.next
    }
}
