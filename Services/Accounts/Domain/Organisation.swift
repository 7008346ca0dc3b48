package import Calendar

/// People who work together under one name.
package struct Organisation: Sendable, Equatable {
    package let id: OrganisationID
    package let name: String
    package let createdAt: UTCInstant
    /// Members and waiting invitations that it may have.
    package let seats: Int
    /// Named users of licensed texts a calendar year; nil: no limit of its own.
    package let licensedSeats: Int?
    /// What its first `paidSeats` members have beside their own plan, until a moment; nil: nothing.
    package let plan: TeamPlan?
    package let paidSeats: Int

    /// Seats of an organisation that pays for none: an employer's small team.
    package static let freeSeats = 5
    /// Most that an organisation may have: its members are one list.
    package static let seatRange = 1...1_000
    /// Longest name, characters.
    package static let nameLimit = 120
    /// Organisations that one account may belong to.
    package static let membershipLimit = 20
    /// Invitations that one account may send in a day, beyond the seats that its organisation pays for: they are mail to
    /// strangers.
    package static let dailyInvitations = 50
    /// How long an invitation is good for, seconds: a fortnight covers a holiday.
    package static let invitationLifetime: Int64 = 14 * 86_400

    /// As it is stored.
    package init(
        id: OrganisationID, name: String, createdAt: UTCInstant, seats: Int = Organisation.freeSeats,
        licensedSeats: Int? = nil, plan: TeamPlan? = nil, paidSeats: Int = 0
    ) {
        self.id = id
        self.name = name
        self.createdAt = createdAt
        self.seats = seats
        self.licensedSeats = licensedSeats
        self.plan = plan
        self.paidSeats = paidSeats
    }
}
