/// Where evidence comes from, as readers are told.
struct SourceNote: Sendable, Hashable {
    var name: String
    var file = ""
    var edition = ""
    /// YYYY-MM-DD; may be empty.
    var effectiveDate = ""
    var sha256 = ""
    var rights = ""
}
