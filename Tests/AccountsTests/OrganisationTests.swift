import Accounts
import Contracts
import Mail
import RPC
import Testing

@Suite struct OrganisationTests {
    /// An organisation, its owner's options, and a second verified account's.
    private func team(
        _ desk: Desk
    ) async throws -> (id: String, owner: CallOptions, other: CallOptions, otherID: String) {
        let owner = try await desk.acting(try await desk.verified("owner@example.org").token)
        let session = try await desk.verified("mia@example.org")
        let made = try await desk.organisations.createOrganisation(.init(name: " Clinic  North "), options: owner)
        #expect(made.name == "Clinic  North" && made.role == "owner" && made.seats == 5 && made.seatsUsed == 1)
        return (made.id, owner, try await desk.acting(session.token), session.account?.id ?? "")
    }

    private func invite(_ desk: Desk, _ id: String, _ email: String, _ options: CallOptions, role: String = "")
        async throws -> String
    {
        _ = try await desk.organisations.inviteMember(.init(id: id, email: email, role: role), options: options)
        return Desk.token(in: try desk.mails("invite").last { $0.recipient == email })
    }

    private func refused(
        _ kind: ServiceError.Kind, _ reason: String? = nil, _ body: () async throws -> Void
    ) async {
        let error = await #expect(throws: ServiceError.self) { try await body() }
        #expect(error?.kind == kind && (reason == nil || error?.reason == reason), "\(String(describing: error))")
    }

    @Test func `an invitation is mailed, looked at, accepted once, and tells the standing`() async throws {
        let desk = try Desk()
        let team = try await team(desk)
        let token = try await invite(desk, team.id, "mia@example.org", team.owner)
        #expect(token.hasPrefix("mi_"))
        let mail = try #require(try desk.mails("invite").last)
        #expect(mail.subject.contains("Clinic  North") && mail.text.contains("owner@example.org"))
        let notice = try await desk.organisations.lookAtInvitation(.init(token: token))
        #expect(notice.organisation == "Clinic  North" && notice.email == "mia@example.org")
        let joined = try await desk.organisations.acceptInvitation(.init(token: token), options: team.other)
        #expect(joined.role == "member")
        #expect(Set(joined.members.map(\.email)) == ["owner@example.org", "mia@example.org"])
        #expect(joined.invitations.isEmpty)
        await refused(.notFound, "unknown_token") {
            _ = try await desk.organisations.acceptInvitation(.init(token: token), options: team.other)
        }
        let standing = try await desk.standing.getStanding(.init(accountId: team.otherID))
        #expect(standing.organisations.map(\.organisationId) == [team.id])
        #expect(standing.organisations.map(\.role) == ["member"])
        let export = try await desk.me.exportMe(.init(), options: team.other)
        #expect(export.organisations.map(\.name) == ["Clinic  North"] && export.organisations[0].members.isEmpty)
    }

    @Test func `an invitation is for its address, verifies it, ends after a fortnight and can be withdrawn`()
        async throws
    {
        let desk = try Desk()
        let team = try await team(desk)
        let token = try await invite(desk, team.id, "new@example.org", team.owner)
        await refused(.failedPrecondition, "other_address") {
            _ = try await desk.organisations.acceptInvitation(.init(token: token), options: team.other)
        }
        let fresh = try await desk.register("new@example.org")
        #expect(try await desk.authenticate(fresh.token).emailVerified == false)
        _ = try await desk.organisations.acceptInvitation(.init(token: token), options: desk.acting(fresh.token))
        #expect(try await desk.authenticate(fresh.token).emailVerified)
        let late = try await invite(desk, team.id, "late@example.org", team.owner)
        desk.clock.advance(days: 14)
        await refused(.notFound, "unknown_token") {
            _ = try await desk.organisations.lookAtInvitation(.init(token: late))
        }
        let taken = try await invite(desk, team.id, "late@example.org", team.owner)
        let waiting = try await desk.organisations.getOrganisation(.init(id: team.id), options: team.owner)
        #expect(waiting.invitations.map(\.email) == ["late@example.org"])
        let left = try await desk.organisations.withdrawInvitation(
            .init(id: team.id, invitationId: waiting.invitations[0].id), options: team.owner)
        #expect(left.invitations.isEmpty && left.seatsUsed == 2)
        await refused(.notFound) { _ = try await desk.organisations.lookAtInvitation(.init(token: taken)) }
        for other in ["mv_", "mr_", "mc_", "ca_", ""] {
            await refused(.notFound) {
                _ = try await desk.organisations.lookAtInvitation(.init(token: other + taken.dropFirst(3)))
            }
        }
    }

    @Test func `seats bound members and invitations together, also when many accept at once`() async throws {
        let desk = try Desk()
        let team = try await team(desk)
        _ = try await desk.organisations.setSeats(
            .init(id: team.id, seats: 3, reason: "small"), options: Desk.machine)
        var links: [(token: String, options: CallOptions)] = []
        for number in 0..<2 {
            let session = try await desk.verified("m\(number)@example.org")
            let token = try await invite(desk, team.id, "m\(number)@example.org", team.owner)
            links.append((token, try await desk.acting(session.token)))
        }
        await refused(.resourceExhausted, "no_seat") {
            _ = try await invite(desk, team.id, "mia@example.org", team.owner)
        }
        // The same address again takes no further seat, but its mail waits a minute.
        await refused(.resourceExhausted, "mailed_recently") {
            _ = try await invite(desk, team.id, "m1@example.org", team.owner)
        }
        _ = try await desk.organisations.setSeats(
            .init(id: team.id, seats: 2, reason: "smaller"), options: Desk.machine)
        let joined = await withTaskGroup(of: Bool.self) { group in
            for link in links {
                group.addTask {
                    do {
                        _ = try await desk.organisations.acceptInvitation(
                            .init(token: link.token), options: link.options)
                        return true
                    } catch { return false }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(joined == 0, "three seats are taken by one member and two invitations; there are two")
        _ = try await desk.organisations.setSeats(
            .init(id: team.id, seats: 3, reason: "again"), options: Desk.machine)
        _ = try await desk.organisations.acceptInvitation(.init(token: links[0].token), options: links[0].options)
    }

    @Test func `managers invite and remove members; roles and ownership are the owner's`() async throws {
        let desk = try Desk()
        let team = try await team(desk)
        let token = try await invite(desk, team.id, "mia@example.org", team.owner, role: "manager")
        _ = try await desk.organisations.acceptInvitation(.init(token: token), options: team.other)
        let third = try await desk.verified("zoe@example.org")
        let zoe = try await desk.acting(third.token)
        let zoeID = third.account?.id ?? ""
        await refused(.permissionDenied, "role_needed") {
            _ = try await invite(desk, team.id, "zoe@example.org", team.other, role: "manager")
        }
        let link = try await invite(desk, team.id, "zoe@example.org", team.other)
        _ = try await desk.organisations.acceptInvitation(.init(token: link), options: zoe)
        await refused(.permissionDenied) { _ = try await invite(desk, team.id, "x@example.org", zoe) }
        await refused(.permissionDenied) {
            _ = try await desk.organisations.setMemberRole(
                .init(id: team.id, accountId: zoeID, role: "manager"), options: team.other)
        }
        await refused(.permissionDenied) {
            _ = try await desk.organisations.transferOwnership(
                .init(id: team.id, accountId: zoeID, password: Desk.password), options: team.other)
        }
        await refused(.permissionDenied, "wrong_password") {
            _ = try await desk.organisations.transferOwnership(
                .init(id: team.id, accountId: team.otherID, password: "not the password"), options: team.owner)
        }
        let handed = try await desk.organisations.transferOwnership(
            .init(id: team.id, accountId: team.otherID, password: Desk.password), options: team.owner)
        let roles = Dictionary(uniqueKeysWithValues: handed.members.map { ($0.email, $0.role) })
        #expect(handed.role == "manager" && roles["owner@example.org"] == "manager")
        #expect(roles["mia@example.org"] == "owner" && roles["zoe@example.org"] == "member")
        let left = try await desk.organisations.removeMember(
            .init(id: team.id, accountId: zoeID), options: team.owner)
        #expect(left.members.count == 2)
        await refused(.notFound) { _ = try await desk.organisations.getOrganisation(.init(id: team.id), options: zoe) }
        await refused(.failedPrecondition, "owner") {
            _ = try await desk.organisations.leaveOrganisation(.init(id: team.id), options: team.other)
        }
        _ = try await desk.organisations.leaveOrganisation(.init(id: team.id), options: team.owner)
        await refused(.permissionDenied) {
            _ = try await desk.organisations.deleteOrganisation(
                .init(id: team.id, password: "not the password"), options: team.other)
        }
        _ = try await desk.organisations.deleteOrganisation(
            .init(id: team.id, password: Desk.password), options: team.other)
        #expect(try await desk.organisations.listOrganisations(.init(), options: team.other).organisations.isEmpty)
    }

    @Test func `an account that owns a team of others is not deleted; one of its own goes with it`() async throws {
        let desk = try Desk()
        let team = try await team(desk)
        let token = try await invite(desk, team.id, "mia@example.org", team.owner)
        _ = try await desk.organisations.acceptInvitation(.init(token: token), options: team.other)
        await refused(.failedPrecondition, "owns_organisation") {
            _ = try await desk.me.deleteMe(.init(password: Desk.password), options: team.owner)
        }
        _ = try await desk.me.deleteMe(.init(password: Desk.password), options: team.other)
        let left = try await desk.organisations.getOrganisation(.init(id: team.id), options: team.owner)
        #expect(left.members.count == 1)
        _ = try await desk.me.deleteMe(.init(password: Desk.password), options: team.owner)
        #expect(try desk.count("organisations") == 0 && desk.count("members") == 0)
    }

    @Test func `names that disguise or lead astray are refused, and unverified people found nothing`() async throws {
        let desk = try Desk()
        let session = try await desk.register("new@example.org")
        await refused(.failedPrecondition, "unverified") {
            _ = try await desk.organisations.createOrganisation(
                .init(name: "Clinic"), options: desk.acting(session.token))
        }
        let owner = try await desk.acting(try await desk.verified("owner@example.org").token)
        for name in [
            "", "  ", "a\u{202E}b", "a\nSubject: b", "Win at http://evil.example", "www.evil.example",
            String(repeating: "x", count: 121),
        ] {
            await refused(.invalidArgument) {
                _ = try await desk.organisations.createOrganisation(.init(name: name), options: owner)
            }
        }
        for number in 0..<20 {
            _ = try await desk.organisations.createOrganisation(.init(name: "Clinic \(number)"), options: owner)
        }
        await refused(.resourceExhausted, "too_many_organisations") {
            _ = try await desk.organisations.createOrganisation(.init(name: "One more"), options: owner)
        }
    }

    @Test func `one account mails so many strangers a day and no more`() async throws {
        let desk = try Desk()
        let team = try await team(desk)
        for number in 0..<50 {
            let view = try await desk.organisations.inviteMember(
                .init(id: team.id, email: "x\(number)@example.org"), options: team.owner)
            _ = try await desk.organisations.withdrawInvitation(
                .init(id: team.id, invitationId: view.invitations[0].id), options: team.owner)
        }
        await refused(.resourceExhausted, "too_many_invitations") {
            _ = try await invite(desk, team.id, "one.more@example.org", team.owner)
        }
        desk.clock.advance(days: 1)
        _ = try await invite(desk, team.id, "one.more@example.org", team.owner)
    }

    @Test func `an organisation's named users of licensed texts have a limit of their own`() async throws {
        let desk = try Desk()
        let team = try await team(desk)
        let token = try await invite(desk, team.id, "mia@example.org", team.owner)
        _ = try await desk.organisations.acceptInvitation(.init(token: token), options: team.other)
        _ = try await desk.organisations.setSeats(
            .init(id: team.id, seats: 5, licensedSeats: 1, reason: "one reader"), options: Desk.machine)
        _ = try await desk.admin.addLicence(
            .init(
                licence: .init(
                    system: "cpt", licensee: "Clinic", number: "L-1", startsOn: "2026-01-01", endsOn: "2026-12-31")),
            options: Desk.machine)
        let ownerID = try await desk.me.getMe(.init(), options: team.owner).account?.id ?? ""
        let use = { (id: String) in
            try await desk.client.useLicence(.init(system: "cpt", accountId: id, item: "cpt/00001")).verdict
        }
        #expect(try await use(team.otherID) == .allowed)
        #expect(try await use(ownerID) == .noSeat)
        #expect(try await use(team.otherID) == .allowed)
        let report = try await desk.admin.getRoyaltyReport(.init(system: "cpt", year: 2026), options: Desk.machine)
        #expect(report.rows == 1 && report.csv.hasSuffix(",\(team.id)\r\n"))
    }
}
