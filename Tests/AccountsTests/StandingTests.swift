import Accounts
import Contracts
import RPC
import Testing

@Suite struct StandingTests {
    @Test func `an account is known by its id, and by its address once that is verified`() async throws {
        let desk = try Desk()
        let session = try await desk.register("ann@example.org")
        let id = try #require(session.account?.id)
        let byID = try await desk.standing.getStanding(.init(accountId: id))
        #expect(byID.email == "ann@example.org" && !byID.emailVerified && byID.roles == ["member"])
        #expect(byID.plan == "free" && !byID.suspended && byID.organisations.isEmpty)
        let early = await #expect(throws: ServiceError.self) {
            try await desk.standing.getStanding(.init(email: "ann@example.org"))
        }
        #expect(early?.kind == .notFound)
        let mail = try desk.mails("verify").last
        _ = try await desk.client.verifyEmail(.init(token: Desk.token(in: mail)))
        _ = try await desk.organisations.setDisplayName(.init(name: " Ann  "), options: desk.acting(session.token))
        let byAddress = try await desk.standing.getStanding(.init(email: "ANN@example.org"))
        #expect(byAddress.id == id && byAddress.emailVerified && byAddress.displayName == "Ann")
    }

    @Test func `a suspended account is an answer; a deleted one, or none, is not`() async throws {
        let desk = try Desk()
        let session = try await desk.verified()
        let id = try #require(session.account?.id)
        _ = try await desk.admin.setSuspended(
            .init(accountId: id, suspended: true, reason: "test"), options: Desk.machine)
        #expect(try await desk.standing.getStanding(.init(accountId: id)).suspended)
        _ = try await desk.admin.setSuspended(
            .init(accountId: id, suspended: false, reason: "test"), options: Desk.machine)
        let again = try await desk.logIn()
        _ = try await desk.me.deleteMe(.init(password: Desk.password), options: desk.acting(again.token))
        let gone = await #expect(throws: ServiceError.self) {
            try await desk.standing.getStanding(.init(accountId: id))
        }
        #expect(gone?.kind == .notFound && gone?.reason == "unknown_account")
        for request in [
            StandingAPI.GetStandingRequest(), .init(accountId: id, email: "a@b.example"), .init(accountId: "x"),
        ] {
            let invalid = await #expect(throws: ServiceError.self) { try await desk.standing.getStanding(request) }
            #expect(invalid?.kind == .invalidArgument)
        }
    }

    @Test func `many are asked for at once, in their order, and those with a role are found`() async throws {
        let desk = try Desk()
        var ids: [String] = []
        for number in 0..<4 {
            ids.append(try #require(try await desk.register("coder\(number)@example.org").account?.id))
            desk.clock.advance(seconds: 1)
        }
        let unknown = "0" + String(repeating: "z", count: 25)
        let found = try await desk.standing.getStandings(.init(accountIds: [ids[2], unknown, ids[0]]))
        #expect(found.standings.map(\.id) == [ids[2], ids[0]])
        let many = await #expect(throws: ServiceError.self) {
            try await desk.standing.getStandings(.init(accountIds: Array(repeating: unknown, count: 201)))
        }
        #expect(many?.kind == .invalidArgument)
        _ = try await desk.admin.setRoles(
            .init(accountId: ids[3], roles: ["moderator", "employer"]), options: Desk.machine)
        _ = try await desk.admin.setRoles(.init(accountId: ids[1], roles: ["employer"]), options: Desk.machine)
        #expect(try await desk.standing.listByRole(.init(role: "employer")).standings.map(\.id) == [ids[1], ids[3]])
        #expect(try await desk.standing.listByRole(.init(role: "moderator")).standings.map(\.id) == [ids[3]])
        for role in ["member", "king", ""] {
            let error = await #expect(throws: ServiceError.self) {
                try await desk.standing.listByRole(.init(role: role))
            }
            #expect(error?.kind == .invalidArgument)
        }
    }
}
