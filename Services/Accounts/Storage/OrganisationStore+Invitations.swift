package import Calendar
import GRDB
package import Mail
import Storage

extension OrganisationStore {
    /// Writes an invitation and the mail that carries it.
    ///
    /// - Throws: `AccountError.notFound`, `.roleNeeded`, `.exists` for a member's address, `.exhausted` without a free
    ///   seat or after too many today, `.mailedRecently`; `StorageError`.
    package func invite(
        _ hash: [UInt8], _ address: EmailAddress, as role: MemberRole, to id: OrganisationID, by account: AccountID,
        at now: UTCInstant, _ message: @escaping @Sendable (Organisation) -> MailMessage
    ) async throws -> OrganisationView {
        let allowed: @Sendable (MemberRole) -> Bool = { $0 == .owner || $0.manages && role == .member }
        return try await change(id, by: account, at: now, allowed: allowed) { rows, _ in
            let invitations = InvitationRows(rows.database)
            guard let organisation = try rows.organisation(id) else { throw AccountError.notFound("organisation") }
            if let known = try AccountRows(rows.database).owner(of: address), known.isEmailVerified,
                try rows.role(of: known.id, in: id) != nil
            {
                throw AccountError.exists("member")
            }
            // The first invitation of an address gives up its seat to the second.
            let used = try rows.seatsUsed(id, at: now) - (invitations.isInvited(address, to: id, at: now) ? 1 : 0)
            guard used < organisation.seats else { throw Self.noSeat(organisation) }
            let sent = try AuditRows(rows.database).count(
                .memberInvited, by: "a:\(account.text)", after: now.adding(seconds: -86_400))
            guard sent < max(Organisation.dailyInvitations, organisation.paidSeats) else {
                throw AccountError.exhausted(
                    "you have sent \(sent) invitations today; go on tomorrow", reason: "too_many_invitations")
            }
            let mail = message(organisation)
            if let last = try Outbox.lastEntered(mail.kind, to: mail.recipient, in: rows.database),
                now.seconds - last < MailedToken.interval, now.seconds >= last
            {
                throw AccountError.mailedRecently(seconds: MailedToken.interval - (now.seconds - last))
            }
            try invitations.insert(hash, to: id, address, as: role, at: now)
            try Outbox.enter(mail, at: now.seconds, in: rows.database)
            try Self.audit(.memberInvited, id, role.rawValue, by: "a:\(account.text)", at: now, rows.database)
        }
    }

    /// The link opens nothing any more.
    ///
    /// - Throws: `AccountError.notFound`, `.roleNeeded`; `StorageError`.
    package func withdraw(
        _ handle: String, from id: OrganisationID, by account: AccountID, at now: UTCInstant
    ) async throws -> OrganisationView {
        try await change(id, by: account, at: now, allowed: \.manages) { rows, _ in
            let invitations = InvitationRows(rows.database)
            let found = try invitations.waiting(id, at: now).first { $0.invitation.handle == handle }
            guard let found else { throw AccountError.notFound("invitation") }
            try invitations.delete(found.hash)
            try Self.audit(.invitationWithdrawn, id, handle, by: "a:\(account.text)", at: now, rows.database)
        }
    }

    /// What a link invites to.
    ///
    /// - Throws: `AccountError.unknownToken`; `StorageError`.
    package func invitation(
        _ hash: [UInt8], at now: UTCInstant
    ) throws -> (organisation: String, invitation: Invitation) {
        try store.snapshot { database in
            guard let found = try InvitationRows(database).find(hash, at: now),
                let organisation = try OrganisationRows(database).organisation(found.organisation)
            else { throw AccountError.unknownToken }
            return (
                organisation.name,
                Invitation(
                    handle: SecretToken.handle(ofHash: hash), email: found.address.text, role: found.role,
                    expiresAt: found.expiresAt)
            )
        }
    }

    /// The account joins. Its address was reached by the link, so it is verified.
    ///
    /// - Throws: `AccountError.unknownToken`, `.precondition` for another address, `.exists` for a member, `.exhausted`;
    ///   `StorageError`.
    package func accept(_ hash: [UInt8], by account: AccountID, at now: UTCInstant) async throws -> OrganisationView {
        try await store.writer.write { database in
            let invitations = InvitationRows(database)
            let rows = OrganisationRows(database)
            guard let found = try invitations.find(hash, at: now),
                let organisation = try rows.organisation(found.organisation),
                let own = try AccountRows(database).account(account)
            else { throw AccountError.unknownToken }
            guard try EmailAddress(own.email).canonical == found.address.canonical else {
                throw AccountError.precondition(
                    "this invitation is for another address; log in with the account of that address",
                    reason: "other_address")
            }
            guard try rows.role(of: account, in: found.organisation) == nil else { throw AccountError.exists("member") }
            if !own.isEmailVerified { try Self.verify(own, found.address, at: now, database) }
            try Self.checkRoom(for: account, rows)
            // Its own place is among those that are counted; seats may have been taken away since.
            guard try rows.seatsUsed(found.organisation, at: now) <= organisation.seats else {
                throw Self.noSeat(organisation)
            }
            try invitations.delete(hash)
            try rows.add(account, to: found.organisation, as: found.role, at: now)
            try rows.refreshPlan(of: account)
            try Self.audit(.memberJoined, found.organisation, by: "a:\(account.text)", at: now, database)
            return try Self.view(found.organisation, by: account, at: now, database)
        }
    }

    private static func noSeat(_ organisation: Organisation) -> AccountError {
        .exhausted("all \(organisation.seats) seats are taken; free one, or have more of them", reason: "no_seat")
    }

    /// As `AccountStore.verifyEmail` does for its own links: the address is the account's from now on.
    private static func verify(
        _ account: Account, _ address: EmailAddress, at now: UTCInstant, _ database: Database
    ) throws {
        let rows = AccountRows(database)
        let owner = try rows.owner(of: address)
        guard owner == nil || owner?.id == account.id || owner?.isEmailVerified == false else {
            throw AccountError.precondition(
                "this address is another account's; log in with that one", reason: "other_address")
        }
        if let owner, owner.id != account.id { _ = try SessionRows(database).deleteAll(of: owner.id) }
        try rows.setOwner(of: address, account.id)
        try rows.setVerified(account.id, address)
        let name = "a:\(account.id.text)"
        try AuditRows(database).enter(AuditEntry(at: now, actor: name, act: .emailVerified, target: name))
    }
}
