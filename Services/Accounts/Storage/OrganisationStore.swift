package import Calendar
import GRDB
package import Storage

/// Organisations, who belongs to them, and the standing that other programs ask for.
package struct OrganisationStore: Sendable {
    let store: Store

    /// The organisations in `store`.
    package init(_ store: Store) {
        self.store = store
    }

    /// Makes an organisation with its owner.
    ///
    /// - Throws: `AccountError.exhausted` when the account belongs to as many as it may; `StorageError`.
    package func create(_ organisation: Organisation, owner: AccountID) async throws {
        try await store.writer.write { database in
            let rows = OrganisationRows(database)
            try Self.checkRoom(for: owner, rows)
            try rows.insert(organisation)
            try rows.add(owner, to: organisation.id, as: .owner, at: organisation.createdAt)
            try Self.audit(
                .organisationMade, organisation.id, by: "a:\(owner.text)", at: organisation.createdAt, database)
        }
    }

    /// What an account belongs to, each as that account sees it but without members and invitations.
    package func organisations(of account: AccountID, at now: UTCInstant) throws -> [OrganisationView] {
        try store.snapshot { database in
            let rows = OrganisationRows(database)
            return try rows.memberships(of: account).map { membership in
                guard let found = try rows.organisation(membership.organisation) else {
                    throw AccountError.unreadableRow(table: "members")
                }
                return OrganisationView(
                    organisation: found, role: membership.role, members: [], invitations: [],
                    seatsUsed: try rows.seatsUsed(found.id, at: now))
            }
        }
    }

    /// An organisation as one of its members sees it.
    ///
    /// - Throws: `AccountError.notFound` when it is none of the account's; `StorageError`.
    package func view(_ id: OrganisationID, by account: AccountID, at now: UTCInstant) throws -> OrganisationView {
        try store.snapshot { database in try Self.view(id, by: account, at: now, database) }
    }

    /// Gives it another name.
    package func rename(
        _ id: OrganisationID, _ name: DisplayName, by account: AccountID, at now: UTCInstant
    ) async throws -> OrganisationView {
        try await change(id, by: account, at: now, allowed: \.manages) { rows, _ in
            try rows.rename(id, name.text)
            try Self.audit(.organisationRenamed, id, by: "a:\(account.text)", at: now, rows.database)
        }
    }

    /// Makes a member a manager, or a manager a member.
    package func setRole(
        of member: AccountID, _ role: MemberRole, in id: OrganisationID, by account: AccountID, at now: UTCInstant
    ) async throws -> OrganisationView {
        try await change(id, by: account, at: now, allowed: { $0 == .owner }) { rows, _ in
            guard let present = try rows.role(of: member, in: id) else { throw AccountError.notFound("member") }
            guard present != .owner else { throw AccountError.roleNeeded }
            try rows.setRole(of: member, in: id, role)
            try Self.audit(
                .memberRoleChanged, id, "\(member.text) \(role.rawValue)", by: "a:\(account.text)", at: now,
                rows.database)
        }
    }

    /// Takes a member out.
    package func remove(
        _ member: AccountID, from id: OrganisationID, by account: AccountID, at now: UTCInstant
    ) async throws -> OrganisationView {
        try await change(id, by: account, at: now, allowed: \.manages) { rows, own in
            guard let role = try rows.role(of: member, in: id) else { throw AccountError.notFound("member") }
            guard own.mayRemove(role) else { throw AccountError.roleNeeded }
            try Self.leave(member, id, by: account, at: now, rows)
        }
    }

    /// The account goes.
    ///
    /// - Throws: `AccountError.precondition` for the owner; `.notFound`; `StorageError`.
    package func leave(_ id: OrganisationID, _ account: AccountID, at now: UTCInstant) async throws {
        try await store.writer.write { database in
            let rows = OrganisationRows(database)
            guard let role = try rows.role(of: account, in: id) else { throw AccountError.notFound("organisation") }
            guard role != .owner else {
                throw AccountError.precondition("hand the organisation over before you leave it", reason: "owner")
            }
            try Self.leave(account, id, by: account, at: now, rows)
        }
    }

    /// A member becomes the owner, the owner a manager.
    package func transfer(
        _ id: OrganisationID, to member: AccountID, by account: AccountID, at now: UTCInstant
    ) async throws -> OrganisationView {
        try await change(id, by: account, at: now, allowed: { $0 == .owner }) { rows, _ in
            guard let role = try rows.role(of: member, in: id) else { throw AccountError.notFound("member") }
            guard role != .owner else { throw AccountError.exists("owner") }
            // In this order: the index allows one owner at a time.
            try rows.setRole(of: account, in: id, .manager)
            try rows.setRole(of: member, in: id, .owner)
            try Self.audit(.ownershipTransferred, id, member.text, by: "a:\(account.text)", at: now, rows.database)
        }
    }

    /// Deletes it; its members stay accounts of their own.
    ///
    /// - Throws: `AccountError.precondition` while a subscription runs; `.notFound`, `.roleNeeded`; `StorageError`.
    package func delete(_ id: OrganisationID, by account: AccountID, at now: UTCInstant) async throws {
        try await store.writer.write { database in
            let rows = OrganisationRows(database)
            guard let role = try rows.role(of: account, in: id) else { throw AccountError.notFound("organisation") }
            guard role == .owner else { throw AccountError.roleNeeded }
            try Self.delete(id, by: "a:\(account.text)", at: now, rows)
        }
    }

    /// How many members it may have, and how many of them may be named users of licensed texts (nil: no limit of its own).
    ///
    /// - Throws: `AccountError.notFound`; `StorageError`.
    package func setSeats(
        _ id: OrganisationID, seats: Int, licensed: Int?, reason: String, by actor: String, at now: UTCInstant
    ) async throws -> Organisation {
        try await store.writer.write { database in
            let rows = OrganisationRows(database)
            try rows.setSeats(id, seats: seats, licensed: licensed)
            guard let changed = try rows.organisation(id) else { throw AccountError.notFound("organisation") }
            let numbers = "\(seats) members, \(licensed.map(String.init) ?? "any") licensed"
            try Self.audit(.seatsChanged, id, "\(numbers): \(reason)", by: actor, at: now, database)
            return changed
        }
    }

    // MARK: Parts that several acts share

    /// An act of a member, and what the organisation looks like after it.
    func change(
        _ id: OrganisationID, by account: AccountID, at now: UTCInstant,
        allowed: @escaping @Sendable (MemberRole) -> Bool,
        _ act: @escaping @Sendable (OrganisationRows, MemberRole) throws -> Void
    ) async throws -> OrganisationView {
        try await store.writer.write { database in
            let rows = OrganisationRows(database)
            guard let role = try rows.role(of: account, in: id) else { throw AccountError.notFound("organisation") }
            guard allowed(role) else { throw AccountError.roleNeeded }
            try act(rows, role)
            return try Self.view(id, by: account, at: now, database)
        }
    }

    static func view(
        _ id: OrganisationID, by account: AccountID, at now: UTCInstant, _ database: Database
    ) throws -> OrganisationView {
        let rows = OrganisationRows(database)
        guard let role = try rows.role(of: account, in: id), let found = try rows.organisation(id) else {
            throw AccountError.notFound("organisation")
        }
        let invitations =
            role.manages ? try InvitationRows(database).waiting(id, at: now).map(\.invitation) : []
        return OrganisationView(
            organisation: found, role: role, members: try rows.members(of: id), invitations: invitations,
            seatsUsed: try rows.seatsUsed(id, at: now))
    }

    static func checkRoom(for account: AccountID, _ rows: OrganisationRows) throws {
        guard try rows.memberships(of: account).count < Organisation.membershipLimit else {
            throw AccountError.exhausted(
                "an account belongs to at most \(Organisation.membershipLimit) organisations",
                reason: "too_many_organisations")
        }
    }

    /// With all that it pays for, in the writer.
    static func delete(_ id: OrganisationID, by actor: String, at now: UTCInstant, _ rows: OrganisationRows) throws {
        guard try !SubscriptionRows(rows.database).isRunning(.organisation(id), at: now) else {
            throw AccountError.precondition("cancel the organisation's subscription first", reason: "subscription")
        }
        let members = try rows.members(of: id)
        try rows.delete(id)
        for member in members { try rows.refreshPlan(of: member.account) }
        try audit(.organisationDeleted, id, by: actor, at: now, rows.database)
    }

    static func audit(
        _ act: AuditEntry.Act, _ id: OrganisationID, _ detail: String = "", by actor: String, at now: UTCInstant,
        _ database: Database
    ) throws {
        try AuditRows(database).enter(AuditEntry(at: now, actor: actor, act: act, target: id.stored, detail: detail))
    }

    private static func leave(
        _ member: AccountID, _ id: OrganisationID, by account: AccountID, at now: UTCInstant, _ rows: OrganisationRows
    ) throws {
        try rows.remove(member, from: id)
        try rows.refreshPlan(of: member)
        // The next in line may have the seat that is free now.
        if try rows.organisation(id)?.plan != nil {
            for other in try rows.members(of: id) { try rows.refreshPlan(of: other.account) }
        }
        try audit(.memberRemoved, id, member.text, by: "a:\(account.text)", at: now, rows.database)
    }
}
