import Accounts
import Calendar
import Contracts
import RPC
import Storage
import Testing

@Suite struct SessionTests {
    @Test func `a session ends 30 days after it was last used`() async throws {
        let desk = try Desk()
        let token = try await desk.register().token
        desk.clock.advance(days: 29)
        _ = try await desk.authenticate(token)
        try await writesAreDone(desk)
        desk.clock.advance(days: 29)
        _ = try await desk.authenticate(token)
        try await writesAreDone(desk)
        desk.clock.advance(days: 30)
        let error = await #expect(throws: ServiceError.self) { try await desk.authenticate(token) }
        #expect(error?.kind == .unauthenticated)
    }

    @Test func `using a session writes once a day at most`() async throws {
        let desk = try Desk()
        let token = try await desk.register().token
        let before = desk.store.writer.statistics.writes
        for _ in 0..<50 { _ = try await desk.authenticate(token) }
        #expect(desk.store.writer.statistics.writes == before)
        desk.clock.advance(days: 1, seconds: 1)
        _ = try await desk.authenticate(token)
        try await writesAreDone(desk)
        for _ in 0..<50 { _ = try await desk.authenticate(token) }
        #expect(desk.store.writer.statistics.writes == before + 2)
    }

    @Test func `logging out ends this session and no other, as often as one likes`() async throws {
        let desk = try Desk()
        let first = try await desk.register().token
        let second = try await desk.logIn().token
        for _ in 1...2 { _ = try await desk.client.logOut(AccountsAPI.LogOutRequest(token: first)) }
        let error = await #expect(throws: ServiceError.self) { try await desk.authenticate(first) }
        #expect(error?.kind == .unauthenticated)
        _ = try await desk.authenticate(second)
    }

    @Test(arguments: ["", "x", String(repeating: "A", count: 43), String(repeating: "ü", count: 43)])
    func `a token that was never given out is nobody's`(token: String) async throws {
        let desk = try Desk()
        let error = await #expect(throws: ServiceError.self) { try await desk.authenticate(token) }
        #expect(error?.kind == .unauthenticated)
        _ = try await desk.client.logOut(AccountsAPI.LogOutRequest(token: token))
    }

    @Test func `sessions that are over are deleted, the others stay`() async throws {
        let desk = try Desk()
        let old = try await desk.register().token
        desk.clock.advance(days: 20)
        let young = try await desk.logIn().token
        desk.clock.advance(days: 10)
        let accounts = AccountStore(desk.store)
        #expect(try await accounts.deleteExpiredSessions(at: desk.clock.now, limit: 100) == 1)
        #expect(try await accounts.deleteExpiredSessions(at: desk.clock.now, limit: 100) == 0)
        await #expect(throws: ServiceError.self) { try await desk.authenticate(old) }
        _ = try await desk.authenticate(young)
    }

    @Test func `tokens are 32 bytes of chance in base64url, and only their own spelling is taken`() throws {
        var chance = SystemRandomNumberGenerator()
        var seen: Set<String> = []
        for _ in 0..<500 {
            let token = SecretToken(.session, using: &chance)
            #expect(token.text.utf8.count == 43)
            #expect(SecretToken(.session, token.text)?.hash == token.hash)
            #expect(seen.insert(token.text).inserted)
        }
        // The last character holds two unused bits, which must be 0.
        let zero = String(repeating: "A", count: 43)
        #expect(SecretToken(.session, zero) != nil)
        #expect(SecretToken(.session, zero.dropLast() + "B") == nil)
        #expect(SecretToken(.session, zero + "=") == nil)
    }

    /// Waits until the writes that were submitted before are on the disk.
    private func writesAreDone(_ desk: Desk) async throws {
        try await desk.store.writer.write { _ in }
    }
}
