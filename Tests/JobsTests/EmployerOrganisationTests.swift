import Contracts
import Jobs
import RPC
import Testing

@Suite("An employer's organisation")
struct EmployerOrganisationTests {
    private static let clinic = "org_clinic"

    private func desk() async throws -> JobsDesk {
        let desk = try await JobsDesk()
        for (account, role) in [("owner", "owner"), ("lead", "manager"), ("mate", "member")] {
            desk.accounts.set(account, organisations: [.init(organisationId: Self.clinic, name: "Clinic", role: role)])
        }
        return desk
    }

    private func update(
        _ desk: JobsDesk, _ id: EmployerID, organisation: String, by account: String
    ) async throws -> JobsAPI.Employer {
        try await desk.employers.updateEmployer(
            EmployersAPI.UpdateEmployerRequest(id: id.text, name: "Clinic", organisation: organisation),
            options: desk.by(account))
    }

    @Test("Its people work for the employer: managers as owners, members as members, strangers not at all")
    func people() async throws {
        let desk = try await desk()
        let id = try await desk.employer()
        #expect(try await update(desk, id, organisation: Self.clinic, by: "owner").organisation == Self.clinic)
        for account in ["lead", "mate"] {
            let list = try await desk.employers.listMyEmployers(
                EmployersAPI.ListMyEmployersRequest(), options: desk.by(account))
            #expect(list.employers.map(\.id) == [id.text], "\(account)")
        }
        let other = try await desk.employers.listMyEmployers(
            EmployersAPI.ListMyEmployersRequest(), options: desk.by("other"))
        #expect(other.employers.isEmpty)
        let added = EmployersAPI.EmployerMemberRequest(id: id.text, account: "other")
        let refused = await desk.refusal {
            try await desk.employers.addEmployerMember(added, options: desk.by("mate"))
        }
        #expect(refused?.reason == "not_owner")
        #expect(try await desk.employers.addEmployerMember(added, options: desk.by("lead")).members.count == 2)
    }

    @Test("Only an owner sets it, to one that they manage; what a member saves leaves it as it is")
    func rights() async throws {
        let desk = try await desk()
        let id = try await desk.employer()
        _ = try await update(desk, id, organisation: Self.clinic, by: "owner")
        for organisation in ["", "org_other"] {
            let refused = await desk.refusal { try await update(desk, id, organisation: organisation, by: "mate") }
            #expect(refused?.reason == "not_owner", "\(organisation)")
        }
        let foreign = await desk.refusal { try await update(desk, id, organisation: "org_other", by: "owner") }
        #expect(foreign?.kind == .invalidArgument && foreign?.field == "organisation")
        #expect(try await update(desk, id, organisation: Self.clinic, by: "mate").organisation == Self.clinic)
        #expect(try await update(desk, id, organisation: "", by: "owner").organisation == "")
        let gone = try await desk.employers.listMyEmployers(
            EmployersAPI.ListMyEmployersRequest(), options: desk.by("mate"))
        #expect(gone.employers.isEmpty)
    }
}
