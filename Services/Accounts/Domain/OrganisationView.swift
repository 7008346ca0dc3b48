/// An organisation as one of its members sees it.
package struct OrganisationView: Sendable, Equatable {
    package let organisation: Organisation
    /// The one who looks.
    package let role: MemberRole
    package let members: [Member]
    /// Empty for those who may not invite.
    package let invitations: [Invitation]
    package let seatsUsed: Int

    /// As it is stored.
    package init(
        organisation: Organisation, role: MemberRole, members: [Member], invitations: [Invitation], seatsUsed: Int
    ) {
        self.organisation = organisation
        self.role = role
        self.members = members
        self.invitations = invitations
        self.seatsUsed = seatsUsed
    }
}
