/// What a coder tells employers.
package struct SeekerProfile: Sendable, Equatable, Codable {
    package var name = ""
    package var headline = ""
    /// Abbreviations of the credentials table.
    package var credentials: [String] = []
    package var specialties: [Specialty] = []
    /// Of practice.
    package var years = 0
    package var state: USState?
    package var remoteOnly = false

    /// An empty profile.
    package init() {}

    /// The fields that break a rule.
    package func faults(credentials known: Set<String>) -> [FieldFault] {
        var faults: [FieldFault] = []
        if name.unicodeScalars.count > 100 { faults.append(FieldFault("name", "At most 100 characters.")) }
        if headline.unicodeScalars.count > 160 { faults.append(FieldFault("headline", "At most 160 characters.")) }
        if let odd = credentials.first(where: { !known.contains($0) }) {
            faults.append(FieldFault("credentials", "\(odd.prefix(12)) is no credential of the list."))
        }
        if specialties.count > PostingRules.Limit.specialties {
            faults.append(FieldFault("specialties", "Name the eight that matter most."))
        }
        if !(0...60).contains(years) { faults.append(FieldFault("years", "Between 0 and 60 years.")) }
        return faults
    }
}
