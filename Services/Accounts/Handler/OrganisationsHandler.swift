package import Contracts
package import RPC

/// Answers what people do with their organisations. The caller is the principal of the call.
package struct OrganisationsHandler: OrganisationsAPI.Service {
    let me: MeHandler
    let administration: AdministrationHandler
    let organisations: OrganisationStore

    /// Works with the same store and clock as `me`.
    package init(_ me: MeHandler) {
        self.me = me
        administration = AdministrationHandler(me.base)
        organisations = OrganisationStore(me.base.accounts.store)
    }

    /// A new organisation; see the contract.
    package func createOrganisation(
        _ request: OrganisationsAPI.CreateOrganisationRequest, context: CallContext
    ) async throws(ServiceError) -> OrganisationsAPI.Organisation {
        try await me.answering(context, .write) { caller in
            guard caller.account.isEmailVerified else {
                throw AccountError.precondition("verify your address first", reason: "unverified")
            }
            var chance = SystemRandomNumberGenerator()
            let made = Organisation(
                id: OrganisationID(at: caller.now, using: &chance), name: try Self.name(request.name).text,
                createdAt: caller.now)
            try await organisations.create(made, owner: caller.account.id)
            return OrganisationsAPI.Organisation(
                try organisations.view(made.id, by: caller.account.id, at: caller.now), at: caller.now)
        }
    }

    /// Those that the caller belongs to; see the contract.
    package func listOrganisations(
        _ request: OrganisationsAPI.ListOrganisationsRequest, context: CallContext
    ) async throws(ServiceError) -> OrganisationsAPI.OrganisationList {
        try await me.answering(context, .read) { caller in
            let found = try organisations.organisations(of: caller.account.id, at: caller.now)
            return OrganisationsAPI.OrganisationList(
                organisations: found.map { OrganisationsAPI.Organisation($0, at: caller.now) })
        }
    }

    /// One with its members; see the contract.
    package func getOrganisation(
        _ request: OrganisationsAPI.GetOrganisationRequest, context: CallContext
    ) async throws(ServiceError) -> OrganisationsAPI.Organisation {
        try await acting(context, .read, on: request.id) { id, caller in
            try organisations.view(id, by: caller.account.id, at: caller.now)
        }
    }

    /// Another name; see the contract.
    package func renameOrganisation(
        _ request: OrganisationsAPI.RenameOrganisationRequest, context: CallContext
    ) async throws(ServiceError) -> OrganisationsAPI.Organisation {
        try await acting(context, .write, on: request.id) { id, caller in
            try await organisations.rename(
                id, try Self.name(request.name), by: caller.account.id, at: caller.now)
        }
    }

    /// A member's role; see the contract.
    package func setMemberRole(
        _ request: OrganisationsAPI.SetMemberRoleRequest, context: CallContext
    ) async throws(ServiceError) -> OrganisationsAPI.Organisation {
        try await acting(context, .write, on: request.id) { id, caller in
            try await organisations.setRole(
                of: try Self.account(request.accountId), try Self.role(request.role), in: id, by: caller.account.id,
                at: caller.now)
        }
    }

    /// Takes a member out; see the contract.
    package func removeMember(
        _ request: OrganisationsAPI.RemoveMemberRequest, context: CallContext
    ) async throws(ServiceError) -> OrganisationsAPI.Organisation {
        try await acting(context, .write, on: request.id) { id, caller in
            try await organisations.remove(
                try Self.account(request.accountId), from: id, by: caller.account.id, at: caller.now)
        }
    }

    /// The caller goes; see the contract.
    package func leaveOrganisation(
        _ request: OrganisationsAPI.LeaveOrganisationRequest, context: CallContext
    ) async throws(ServiceError) -> OrganisationsAPI.LeaveOrganisationReply {
        try await me.answering(context, .write) { caller in
            try await organisations.leave(try Self.organisation(request.id), caller.account.id, at: caller.now)
            return OrganisationsAPI.LeaveOrganisationReply()
        }
    }

    /// Another owner; see the contract.
    package func transferOwnership(
        _ request: OrganisationsAPI.TransferOwnershipRequest, context: CallContext
    ) async throws(ServiceError) -> OrganisationsAPI.Organisation {
        try await acting(context, .session, on: request.id) { id, caller in
            let member = try Self.account(request.accountId)
            _ = try await me.checkPassword(request.password, of: caller)
            return try await organisations.transfer(id, to: member, by: caller.account.id, at: caller.now)
        }
    }

    /// Deletes it; see the contract.
    package func deleteOrganisation(
        _ request: OrganisationsAPI.DeleteOrganisationRequest, context: CallContext
    ) async throws(ServiceError) -> OrganisationsAPI.LeaveOrganisationReply {
        try await me.answering(context, .session) { caller in
            let id = try Self.organisation(request.id)
            _ = try await me.checkPassword(request.password, of: caller)
            try await organisations.delete(id, by: caller.account.id, at: caller.now)
            return OrganisationsAPI.LeaveOrganisationReply()
        }
    }

    /// An administrator sets its seats; see the contract.
    package func setSeats(
        _ request: OrganisationsAPI.SetSeatsRequest, context: CallContext
    ) async throws(ServiceError) -> OrganisationsAPI.Organisation {
        try await administration.answering(context) { actor, now in
            let range = Organisation.seatRange
            guard range.contains(Int(request.seats)) else {
                throw InvalidField("seats", "an organisation has \(range.lowerBound) to \(range.upperBound) seats")
            }
            let licensed = request.licensedSeats == 0 ? nil : Int(request.licensedSeats)
            let changed = try await organisations.setSeats(
                try Self.organisation(request.id), seats: Int(request.seats), licensed: licensed,
                reason: try administration.reason(request.reason), by: actor, at: now)
            return OrganisationsAPI.Organisation(changed, role: "", seatsUsed: 0, at: now)
        }
    }

    /// What the caller wants to be called; see the contract.
    package func setDisplayName(
        _ request: OrganisationsAPI.SetDisplayNameRequest, context: CallContext
    ) async throws(ServiceError) -> OrganisationsAPI.SetDisplayNameReply {
        try await me.answering(context, .write) { caller in
            let isEmpty = request.name.allSatisfy(\.isWhitespace) && request.name.utf8.count < 100
            let name = isEmpty ? "" : try DisplayName(request.name, field: "name", limit: Account.nameLimit).text
            try await me.base.accounts.setDisplayName(name, of: caller.account.id, at: caller.now)
            return OrganisationsAPI.SetDisplayNameReply()
        }
    }

    // MARK: Parts that several calls share

    /// Runs an act on one organisation and words what it looks like after it.
    func acting(
        _ context: CallContext, _ need: MeHandler.Need, on id: String,
        _ act: (OrganisationID, Caller) async throws -> OrganisationView
    ) async throws(ServiceError) -> OrganisationsAPI.Organisation {
        try await me.answering(context, need) { caller in
            OrganisationsAPI.Organisation(try await act(try Self.organisation(id), caller), at: caller.now)
        }
    }

    static func organisation(_ text: String) throws -> OrganisationID {
        guard let id = OrganisationID(text) else { throw InvalidField("id", "this is no organisation's id") }
        return id
    }

    static func account(_ text: String) throws -> AccountID {
        guard let id = AccountID(text) else { throw InvalidField("account_id", "this is no account id") }
        return id
    }

    /// Manager or member: ownership is handed over by a call of its own.
    static func role(_ text: String) throws -> MemberRole {
        guard let role = MemberRole(rawValue: text), role != .owner else {
            throw InvalidField("role", "the role is manager or member")
        }
        return role
    }

    /// A name that goes into mail to strangers: it may not lead them anywhere.
    private static func name(_ text: String) throws -> DisplayName {
        let name = try DisplayName(text, field: "name", limit: Organisation.nameLimit)
        let plain = name.text.lowercased()
        guard !plain.contains("://"), !plain.contains("www.") else {
            throw InvalidField("name", "an organisation's name holds no web address")
        }
        return name
    }
}
