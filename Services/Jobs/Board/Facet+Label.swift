extension Facet {
    /// Values are numbers and are shown in their order.
    package var isNumeric: Bool { self == .salary || self == .posted }

    /// A value as a reader sees it; nil when only others know, as for an employer's id.
    package func label(of value: String) -> String? {
        switch self {
        case .credentialRequired, .credentialPreferred: value
        case .apprentices: "CPC-A welcome"
        case .specialty: Specialty(rawValue: value)?.label
        case .setting: value == "facility" ? "Facility" : "Professional fee"
        case .workplace: value == "onsite" ? "On-site" : value.prefix(1).uppercased() + value.dropFirst()
        case .state: USState(value)?.name
        case .employment:
            switch EmploymentType(rawValue: value) {
            case .fullTime: "Full time"
            case .partTime: "Part time"
            case .contractor: "Contract"
            case .temporary: "Temporary"
            case .intern: "Internship"
            case .perDiem: "Per diem"
            case nil: nil
            }
        case .salary: Int64(value).map { "From $\($0 / 1000),000 a year" }
        case .posted: value == "1" ? "Last day" : "Last \(value) days"
        case .employer: nil
        }
    }
}
