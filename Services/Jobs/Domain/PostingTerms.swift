/// Which side of the bill a coder works on.
package enum CodingSetting: String, Sendable, CaseIterable, Codable {
    case professional, facility, both
}

/// Where the work is done.
package enum Workplace: String, Sendable, CaseIterable, Codable {
    case remote, hybrid, onsite
}

/// The kind of employment; schema.org's `employmentType` has the same values in upper case.
package enum EmploymentType: String, Sendable, CaseIterable, Codable {
    case fullTime = "full_time"
    case partTime = "part_time"
    case contractor
    case temporary
    case intern
    case perDiem = "per_diem"
}

/// How one applies.
package enum ApplyMethod: String, Sendable, CaseIterable, Codable {
    /// With the form of this desk.
    case form
    /// By mail to an address.
    case email
    /// On the employer's own site.
    case link
}
