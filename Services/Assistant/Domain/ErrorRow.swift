/// An entry of the public error log.
struct ErrorRow: Sendable, Equatable {
    /// 0: not written yet.
    var id: Int64
    var summary: String
    /// YYYY-MM-DD.
    var foundOn: String
    /// Empty: not fixed yet.
    var fixedOn: String
    var told: String
    /// SYSTEM/CODE; empty: none.
    var code: String
}
