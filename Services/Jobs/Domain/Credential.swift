/// A credential that a posting may ask for.
package struct Credential: Sendable, Equatable {
    /// What coders write behind their name, e.g. `CPC-A`.
    package let abbreviation: String
    package let name: String
    package let awardingBody: AwardingBody

    package init(abbreviation: String, name: String, awardingBody: AwardingBody) {
        self.abbreviation = abbreviation
        self.name = name
        self.awardingBody = awardingBody
    }
}

/// Who awards a credential.
package enum AwardingBody: String, Sendable, CaseIterable {
    /// American Academy of Professional Coders.
    case aapc = "AAPC"
    /// American Health Information Management Association.
    case ahima = "AHIMA"
}
