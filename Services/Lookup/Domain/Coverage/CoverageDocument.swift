/// A local coverage determination or article, as the index of the Medicare Coverage Database lists it.
struct CoverageDocument: ReferenceRow {
    /// E.g. L36668.
    var key: String
    /// Its version.
    var variant: String
    /// LCD, Article or NCD.
    var kind: String
    var title: String
    /// On one line.
    var contractor: String
    /// YYYY-MM-DD; empty: not given.
    var effective: String
    var retired: String
    var updated: String
    /// Retired, Future, or empty.
    var note: String
    var address: String

    var fields: [String] { [kind, title, contractor, effective, retired, updated, note, address] }

    init?(key: String, variant: String, fields: [String]) {
        guard fields.count == 8 else { return nil }
        self.key = key
        self.variant = variant
        kind = fields[0]
        title = fields[1]
        contractor = fields[2]
        effective = fields[3]
        retired = fields[4]
        updated = fields[5]
        note = fields[6]
        address = fields[7]
    }
}
