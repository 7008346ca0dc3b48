import Contracts

/// One organisation as one of its members sees it, as `organisation.mustache` takes it.
struct OrganisationView: Sendable {
    struct MemberView: Sendable {
        let id: String
        /// nil: not said. Not called `name`: where a member has none, a template would take the organisation's.
        let displayName: String?
        let email: String
        let role: String
        let joinedAt: String
        let isReader: Bool
        /// What the reader may do with this member.
        let mayRemove: Bool
        let mayPromote: Bool
        let mayDemote: Bool
    }

    struct InvitationView: Sendable {
        let id: String
        let email: String
        let role: String
        let expiresAt: String
    }

    let sections = AccountSection.organisations.navigation
    let csrf: String
    let notice: String?
    let problem: String?
    let path: String
    let name: String
    let role: String
    let createdAt: String
    let seats: String
    let isFull: Bool
    /// Named users of licensed texts that it may have in a year; nil: no limit of its own.
    let licensedSeats: String?
    let plan: String?
    let isOwner: Bool
    let manages: Bool
    let members: [MemberView]
    /// Whom the owner may hand it over to.
    let heirs: [MemberView]
    let hasHeirs: Bool
    let invitations: [InvitationView]
    let hasInvitations: Bool
    let invited: String

    init(
        _ organisation: OrganisationsAPI.Organisation, reader: String, csrf: String, done: DoneNotice?,
        problem: String?, invited: String
    ) {
        self.csrf = csrf
        notice = done?.text
        self.problem = problem
        path = "\(AccountSection.organisations.path)/\(organisation.id)"
        name = organisation.name
        role = organisation.role
        createdAt = UTCInstant(organisation.createdAt)?.words ?? organisation.createdAt
        seats = "\(organisation.seatsUsed) of \(organisation.seats)"
        licensedSeats = organisation.licensedSeats == 0 ? nil : "\(organisation.licensedSeats) named users a year"
        isFull = organisation.seatsUsed >= organisation.seats
        let ends = UTCInstant(organisation.planEndsAt).map { " until \($0.words)" } ?? ""
        plan = organisation.plan.isEmpty ? nil : organisation.plan + ends
        let owns = organisation.role == "owner"
        let manages = owns || organisation.role == "manager"
        isOwner = owns
        self.manages = manages
        members = organisation.members.map { member in
            let isOther = member.accountId != reader && member.role != "owner"
            return MemberView(
                id: member.accountId, displayName: member.displayName.isEmpty ? nil : member.displayName,
                email: member.email,
                role: member.role,
                joinedAt: UTCInstant(member.joinedAt)?.words ?? member.joinedAt, isReader: member.accountId == reader,
                mayRemove: isOther && (owns || manages && member.role == "member"),
                mayPromote: owns && member.role == "member", mayDemote: owns && member.role == "manager")
        }
        heirs = members.filter { !$0.isReader }
        hasHeirs = !heirs.isEmpty
        invitations = organisation.invitations.map { invitation in
            InvitationView(
                id: invitation.id, email: invitation.email, role: invitation.role,
                expiresAt: UTCInstant(invitation.expiresAt)?.words ?? invitation.expiresAt)
        }
        hasInvitations = !invitations.isEmpty
        self.invited = invited
    }
}
