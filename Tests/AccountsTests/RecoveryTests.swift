import Accounts
import Contracts
import Mail
import RPC
import Storage
import Testing

@Suite struct RecoveryTests {
    @Test func `an address is verified once by the link that was mailed to it`() async throws {
        let desk = try Desk()
        let session = try await desk.register()
        let mail = try #require(try desk.mails("verify").last)
        #expect(mail.recipient == "coder@example.org")
        #expect(mail.text.contains("https://desk.example.org/verify?token=mv_"))
        let token = Desk.token(in: mail)
        let reply = try await desk.client.verifyEmail(.init(token: token))
        #expect(reply.account?.emailVerified == true && reply.account?.id == session.account?.id)
        #expect(try await desk.authenticate(session.token).emailVerified)
        let again = await #expect(throws: ServiceError.self) { try await desk.client.verifyEmail(.init(token: token)) }
        #expect(again?.kind == .notFound)
    }

    @Test func `a link is good for three days`() async throws {
        let desk = try Desk()
        _ = try await desk.register()
        let token = Desk.token(in: try desk.mails("verify").last)
        desk.clock.advance(days: 3)
        let error = await #expect(throws: ServiceError.self) { try await desk.client.verifyEmail(.init(token: token)) }
        #expect(error?.kind == .notFound)
    }

    @Test func `whoever shows that an address is theirs gets it from one who only said so`() async throws {
        let desk = try Desk()
        let squatter = try await desk.register(password: "seven unrelated plums")
        desk.clock.advance(seconds: 1)
        let owner = try await desk.register()
        let mail = try #require(try desk.mails("verify").last)
        _ = try await desk.client.verifyEmail(.init(token: Desk.token(in: mail)))
        #expect(try await desk.logIn().account?.id == owner.account?.id)
        await #expect(throws: ServiceError.self) { try await desk.authenticate(squatter.token) }
        await #expect(throws: ServiceError.self) { try await desk.logIn(password: "seven unrelated plums") }
    }

    @Test func `the link is mailed again at most once a minute, and not when it is not needed`() async throws {
        let desk = try Desk()
        let session = try await desk.register()
        let options = try await desk.acting(session.token)
        let early = await #expect(throws: ServiceError.self) {
            try await desk.me.resendVerification(.init(), options: options)
        }
        #expect(early?.kind == .resourceExhausted && early?.retryAfter == .seconds(60))
        desk.clock.advance(seconds: 60)
        _ = try await desk.me.resendVerification(.init(), options: options)
        let mails = try desk.mails("verify")
        #expect(mails.count == 2)
        _ = try await desk.client.verifyEmail(.init(token: Desk.token(in: mails.last)))
        let late = await #expect(throws: ServiceError.self) {
            try await desk.me.resendVerification(.init(), options: options)
        }
        #expect(late?.kind == .failedPrecondition)
    }

    @Test func `a password is set anew by a link, which ends every session and key`() async throws {
        let desk = try Desk()
        let session = try await desk.verified()
        let key = try await desk.me.createKey(
            .init(name: "k", scopes: ["read"]), options: desk.acting(session.token))
        _ = try await desk.client.requestPasswordReset(.init(email: "CODER@example.org"))
        try await desk.store.writer.write { _ in }
        let token = Desk.token(in: try desk.mails("reset").last)
        let weak = await #expect(throws: ServiceError.self) {
            try await desk.client.resetPassword(.init(token: token, password: "password123"))
        }
        #expect(weak?.field == "password")
        _ = try await desk.client.resetPassword(.init(token: token, password: "six unrelated figs"))
        _ = try await desk.logIn(password: "six unrelated figs")
        for old in [session.token, key.secret] {
            await #expect(throws: ServiceError.self) { try await desk.authenticate(old) }
        }
        await #expect(throws: ServiceError.self) { try await desk.logIn() }
        let again = await #expect(throws: ServiceError.self) {
            try await desk.client.resetPassword(.init(token: token, password: "six unrelated dates"))
        }
        #expect(again?.kind == .notFound)
        #expect(try desk.mails("notice").count == 1)
    }

    @Test func `asking for a new password tells nobody who has an account, and fills no mailbox`() async throws {
        let desk = try Desk()
        _ = try await desk.verified()
        for address in ["coder@example.org", "nobody@example.org", "coder@example.org"] {
            let reply = try await desk.client.requestPasswordReset(.init(email: address))
            #expect(reply == AccountsAPI.RequestPasswordResetReply())
        }
        try await desk.store.writer.write { _ in }
        #expect(try desk.mails("reset").count == 1)
    }

    @Test func `a link for a password is good for one hour`() async throws {
        let desk = try Desk()
        _ = try await desk.verified()
        _ = try await desk.client.requestPasswordReset(.init(email: "coder@example.org"))
        try await desk.store.writer.write { _ in }
        let token = Desk.token(in: try desk.mails("reset").last)
        desk.clock.advance(hours: 1)
        let error = await #expect(throws: ServiceError.self) {
            try await desk.client.resetPassword(.init(token: token, password: "six unrelated figs"))
        }
        #expect(error?.kind == .notFound)
    }

    @Test func `changing the password asks for the old one and ends the other sessions`() async throws {
        let desk = try Desk()
        let first = try await desk.verified()
        let second = try await desk.logIn()
        let wrong = await #expect(throws: ServiceError.self) {
            try await desk.me.changePassword(
                .init(password: "not the password", newPassword: "six unrelated figs"),
                options: desk.acting(first.token))
        }
        #expect(wrong?.kind == .permissionDenied && wrong?.reason == "wrong_password")
        _ = try await desk.me.changePassword(
            .init(password: Desk.password, newPassword: "six unrelated figs"), options: desk.acting(first.token))
        _ = try await desk.authenticate(first.token)
        await #expect(throws: ServiceError.self) { try await desk.authenticate(second.token) }
        _ = try await desk.logIn(password: "six unrelated figs")
    }

    @Test func `an address changes when the new one answers, and the old one is told`() async throws {
        let desk = try Desk()
        let session = try await desk.verified()
        let options = try await desk.acting(session.token)
        _ = try await desk.me.changeEmail(.init(email: "new@example.org", password: Desk.password), options: options)
        #expect(try await desk.me.getMe(.init(), options: options).pendingEmail == "new@example.org")
        #expect(try desk.mails("notice").map(\.recipient) == ["coder@example.org"])
        #expect(try await desk.authenticate(session.token).email == "coder@example.org")
        let mail = try #require(try desk.mails("change").last)
        #expect(mail.recipient == "new@example.org")
        _ = try await desk.client.verifyEmail(.init(token: Desk.token(in: mail)))
        #expect(try await desk.authenticate(session.token).email == "new@example.org")
        _ = try await desk.logIn("new@example.org")
        await #expect(throws: ServiceError.self) { try await desk.logIn("coder@example.org") }
    }

    @Test func `an address that is somebody else's is not taken by a change, and the asker learns nothing`()
        async throws
    {
        let desk = try Desk()
        _ = try await desk.verified("other@example.org")
        let session = try await desk.verified()
        _ = try await desk.me.changeEmail(
            .init(email: "other@example.org", password: Desk.password), options: desk.acting(session.token))
        #expect(try desk.mails("change").isEmpty)
        #expect(try desk.mails("taken").map(\.recipient) == ["other@example.org"])
    }

    @Test func `sessions are listed and ended, one's own only`() async throws {
        let desk = try Desk()
        let first = try await desk.register()
        desk.clock.advance(seconds: 1)
        let second = try await desk.logIn()
        let other = try await desk.register("other@example.org")
        let options = try await desk.acting(first.token)
        let sessions = try await desk.me.listSessions(.init(), options: options).sessions
        #expect(sessions.map(\.current) == [false, true])
        #expect(sessions.map(\.network) == ["203.0.113.0/24", "203.0.113.0/24"])
        let foreign = await #expect(throws: ServiceError.self) {
            try await desk.me.endSession(.init(id: sessions[0].id), options: desk.acting(other.token))
        }
        #expect(foreign?.kind == .notFound)
        _ = try await desk.me.endSession(.init(id: sessions[0].id), options: options)
        await #expect(throws: ServiceError.self) { try await desk.authenticate(second.token) }
        for _ in 1...3 { _ = try await desk.logIn() }
        #expect(try await desk.me.endOtherSessions(.init(), options: options).ended == 3)
        #expect(try await desk.me.listSessions(.init(), options: options).sessions.count == 1)
    }
}
