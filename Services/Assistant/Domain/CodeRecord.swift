/// What Assistant knows of a code: the free part of its record, as Lookup gave it.
struct CodeRecord: Sendable, Equatable {
    /// A code with the title that it is listed under.
    struct Place: Sendable, Equatable {
        var code: String
        var title: String
    }

    /// Whether a code is in force on the date asked about.
    enum Status: String, Sendable {
        case active, retired, future
    }

    /// E.g. `icd10cm`.
    var system: String
    var code: String
    var title: String
    /// May stand on a claim as it is.
    var isBillable: Bool
    var status: Status
    /// From the chapter down to the direct parent.
    var parents: [Place] = []
    /// Directly below it.
    var childCount = 0
    /// What the edition is called, e.g. "FY2026 April update".
    var edition: String
    /// First day of the edition, YYYY-MM-DD; may be empty.
    var effectiveDate: String
    /// What a reader should know of the edition; empty: nothing.
    var notice = ""
}
