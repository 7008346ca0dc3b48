import Contracts
import RPC

/// What a form of an organisation's page does.
enum OrganisationAct: String, Sendable {
    case rename, invite, withdraw, role, remove, transfer, leave, delete

    /// After it the reader has no page of the organisation any more.
    var isFarewell: Bool { self == .leave || self == .delete }

    var notice: DoneNotice {
        switch self {
        case .rename: .saved
        case .invite: .invited
        case .withdraw: .withdrawn
        case .role: .memberRole
        case .remove: .removed
        case .transfer: .transferred
        case .leave: .left
        case .delete: .organisationDeleted
        }
    }

    /// Makes its call.
    func perform(
        _ id: String, _ fields: FormFields, _ client: OrganisationsAPI.Client, _ options: CallOptions
    ) async throws(ServiceError) {
        let (member, password) = (fields["member"], fields.verbatim("password"))
        switch self {
        case .rename: _ = try await client.renameOrganisation(.init(id: id, name: fields["name"]), options: options)
        case .invite:
            _ = try await client.inviteMember(
                .init(id: id, email: fields["email"], role: fields["role"]), options: options)
        case .withdraw:
            _ = try await client.withdrawInvitation(
                .init(id: id, invitationId: fields["invitation"]), options: options)
        case .role:
            _ = try await client.setMemberRole(
                .init(id: id, accountId: member, role: fields["role"]), options: options)
        case .remove: _ = try await client.removeMember(.init(id: id, accountId: member), options: options)
        case .transfer:
            _ = try await client.transferOwnership(
                .init(id: id, accountId: member, password: password), options: options)
        case .leave: _ = try await client.leaveOrganisation(.init(id: id), options: options)
        case .delete: _ = try await client.deleteOrganisation(.init(id: id, password: password), options: options)
        }
    }
}
