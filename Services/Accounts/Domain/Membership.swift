/// That an account belongs to an organisation.
package struct Membership: Sendable, Equatable {
    package let organisation: OrganisationID
    package let name: String
    package let role: MemberRole

    /// As it is stored.
    package init(organisation: OrganisationID, name: String, role: MemberRole) {
        self.organisation = organisation
        self.name = name
        self.role = role
    }
}
