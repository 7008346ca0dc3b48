package import Calendar

/// One line of the audit log: who did what to whom. Never holds a secret or an address.
package struct AuditEntry: Sendable, Equatable {
    /// What was done. Stored as its word.
    package enum Act: String, Sendable, CaseIterable {
        case registered, emailVerified = "email_verified", emailChanged = "email_changed"
        case passwordChanged = "password_changed", passwordReset = "password_reset"
        case secondFactorOn = "second_factor_on", secondFactorOff = "second_factor_off"
        case recoveryCodeUsed = "recovery_code_used"
        case keyCreated = "key_created", keyRevoked = "key_revoked", sessionsEnded = "sessions_ended"
        case grant, correction, planChanged = "plan_changed", planVersionAdded = "plan_version_added"
        case rolesChanged = "roles_changed", suspended, restored, accountMade = "account_made"
        case exported, deleted
        case licenceAdded = "licence_added", licenceWithdrawn = "licence_withdrawn"
        case termsPublished = "terms_published", termsAccepted = "terms_accepted"
        case reportMade = "report_made", auditExported = "audit_exported", reconciled
        case organisationMade = "organisation_made", memberInvited = "member_invited"
        case memberJoined = "member_joined", memberRemoved = "member_removed", seatsChanged = "seats_changed"
        case ownershipTransferred = "ownership_transferred", memberRoleChanged = "member_role_changed"
        case organisationDeleted = "organisation_deleted", organisationRenamed = "organisation_renamed"
        case invitationWithdrawn = "invitation_withdrawn", nameChanged = "name_changed"
        case checkoutStarted = "checkout_started", paymentNoted = "payment_noted", offerSet = "offer_set"
    }

    package let at: UTCInstant
    /// `a:ID`, `operator:NAME`, or `system`.
    package let actor: String
    package let act: Act
    /// Whom or what it was done to: `a:ID`, `o:ID`, a licence's id.
    package let target: String
    /// At most 1 000 bytes are kept.
    package let detail: String

    /// Longest detail, bytes.
    package static let detailLimit = 1_000

    /// A line; what is too long of `detail` is cut off.
    package init(at: UTCInstant, actor: String, act: Act, target: String, detail: String = "") {
        self.at = at
        self.actor = actor
        self.act = act
        self.target = target
        self.detail = String(decoding: detail.utf8.prefix(Self.detailLimit), as: UTF8.self)
    }
}
