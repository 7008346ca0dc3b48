/// What a schedule pays for a service, and how the amount comes about.
struct Price: Sendable, Equatable {
    /// One step of the arithmetic.
    struct Step: Sendable, Equatable {
        var label: String
        var expression: String
        var value: String
    }

    var schedule: ReferenceKind
    var setting: PriceSetting?
    /// Name of the locality or state; empty: national.
    var locality: String
    /// Nil: the schedule names no amount.
    var amount: ExactNumber?
    var steps: [Step] = []
    var remarks: [String] = []
    var sources: [Citation]
}

/// Where a physician's service is performed.
enum PriceSetting: String, Sendable, CaseIterable {
    case nonFacility = "non-facility"
    case facility
}
