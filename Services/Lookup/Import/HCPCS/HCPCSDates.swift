/// When a code was added and from when it may no longer be used.
struct HCPCSDates {
    let added: Day?
    let retired: Day?

    private static let addedName = "Added"
    private static let terminatedName = "Terminated"

    /// Nil when one of the two dates is no day.
    init?(_ row: HCPCSRow, table: HCPCSIndicatorTable) {
        var dates: [String: Day] = [:]
        for (indicator, values) in zip(table.indicators, row.values) {
            guard indicator.name == Self.addedName || indicator.name == Self.terminatedName else { continue }
            for value in values {
                guard let day = Int(value).flatMap(Day.init(number:)) else { return nil }
                dates[indicator.name] = day
            }
        }
        added = dates[Self.addedName]
        // The file names the last day of use.
        retired = dates[Self.terminatedName]?.next
    }
}
