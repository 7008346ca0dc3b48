import Calendar
package import Contracts
package import RPC

extension OrganisationsHandler {
    /// Mails a link that joins; see the contract.
    package func inviteMember(
        _ request: OrganisationsAPI.InviteMemberRequest, context: CallContext
    ) async throws(ServiceError) -> OrganisationsAPI.Organisation {
        try await acting(context, .write, on: request.id) { id, caller in
            let address = try EmailAddress(request.email)
            let role = request.role.isEmpty ? .member : try Self.role(request.role)
            var chance = SystemRandomNumberGenerator()
            let token = SecretToken(.invitation, using: &chance)
            let (letters, inviter) = (me.base.letters, caller.account)
            return try await organisations.invite(
                token.hash, address, as: role, to: id, by: caller.account.id, at: caller.now
            ) { organisation in
                letters.invitation(token, to: address, organisation: organisation.name, by: inviter)
            }
        }
    }

    /// The link opens nothing any more; see the contract.
    package func withdrawInvitation(
        _ request: OrganisationsAPI.WithdrawInvitationRequest, context: CallContext
    ) async throws(ServiceError) -> OrganisationsAPI.Organisation {
        try await acting(context, .write, on: request.id) { id, caller in
            try await organisations.withdraw(request.invitationId, from: id, by: caller.account.id, at: caller.now)
        }
    }

    /// What a link invites to; see the contract.
    package func lookAtInvitation(
        _ request: OrganisationsAPI.LookAtInvitationRequest, context: CallContext
    ) async throws(ServiceError) -> OrganisationsAPI.InvitationNotice {
        try await me.base.answering {
            guard let token = SecretToken(.invitation, request.token) else { throw AccountError.unknownToken }
            let found = try organisations.invitation(token.hash, at: me.base.clock.now)
            return OrganisationsAPI.InvitationNotice(
                organisation: found.organisation, email: found.invitation.email,
                role: found.invitation.role.rawValue, expiresAt: found.invitation.expiresAt.rfc3339)
        }
    }

    /// The caller joins; see the contract.
    package func acceptInvitation(
        _ request: OrganisationsAPI.AcceptInvitationRequest, context: CallContext
    ) async throws(ServiceError) -> OrganisationsAPI.Organisation {
        try await me.answering(context, .session) { caller in
            guard let token = SecretToken(.invitation, request.token) else { throw AccountError.unknownToken }
            let joined = try await organisations.accept(token.hash, by: caller.account.id, at: caller.now)
            return OrganisationsAPI.Organisation(joined, at: caller.now)
        }
    }
}

extension OrganisationsAPI.Organisation {
    init(_ organisation: Organisation, role: String, seatsUsed: Int, at now: UTCInstant) {
        let plan = organisation.plan.flatMap { now < $0.until ? $0 : nil }
        self.init(
            id: organisation.id.text, name: organisation.name, createdAt: organisation.createdAt.rfc3339,
            seats: UInt32(clamping: organisation.seats), seatsUsed: UInt32(clamping: seatsUsed),
            licensedSeats: UInt32(clamping: organisation.licensedSeats ?? 0), role: role,
            plan: plan?.plan.text ?? "", planEndsAt: plan?.until.rfc3339 ?? "")
    }

    init(_ view: OrganisationView, at now: UTCInstant) {
        self.init(view.organisation, role: view.role.rawValue, seatsUsed: view.seatsUsed, at: now)
        members = view.members.map { member in
            OrganisationsAPI.Member(
                accountId: member.account.text, email: member.email, displayName: member.displayName,
                role: member.role.rawValue, joinedAt: member.joinedAt.rfc3339)
        }
        invitations = view.invitations.map { invitation in
            OrganisationsAPI.Invitation(
                id: invitation.handle, email: invitation.email, role: invitation.role.rawValue,
                expiresAt: invitation.expiresAt.rfc3339)
        }
    }
}
