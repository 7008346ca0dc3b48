import Accounts
import Calendar
import Contracts
import Mail
import RPC
import Storage
import Testing

@Suite struct SecondFactorTests {
    @Test(
        arguments: [
            (Int64(59), "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
            (2_000_000_000, "279037"), (20_000_000_000, "353130"),
        ])
    func `codes are those of RFC 6238, appendix B`(seconds: Int64, code: String) {
        let secret = TimeCode(secret: Array("12345678901234567890".utf8))
        #expect(secret.code(step: seconds / 30) == code)
        #expect(secret.matchingStep(code, at: seconds, after: 0) == seconds / 30)
        #expect(secret.matchingStep(code, at: seconds + 30, after: 0) == seconds / 30)
        #expect(secret.matchingStep(code, at: seconds + 60, after: 0) == nil)
        #expect(secret.matchingStep(code, at: seconds, after: seconds / 30) == nil)
        #expect(secret.text == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    }

    private func code(_ secret: [UInt8], _ desk: Desk) -> String {
        TimeCode(secret: secret).code(step: desk.clock.now.seconds / 30)
    }

    private func bytes(_ base32: String) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        let bits = base32.flatMap { character -> [Int] in
            let value = alphabet.firstIndex(of: character) ?? 0
            return (0..<5).map { value >> (4 - $0) & 1 }
        }
        return stride(from: 0, to: bits.count - 7, by: 8).map { start in
            bits[start..<start + 8].reduce(UInt8(0)) { $0 << 1 | UInt8($1) }
        }
    }

    private func logIn(_ desk: Desk, _ code: String) async throws(ServiceError) -> AccountsAPI.Session {
        try await desk.client.logIn(
            .init(email: "coder@example.org", password: Desk.password, network: "203.0.113.0/24", code: code))
    }

    private func turnedOn(_ desk: Desk) async throws -> (secret: [UInt8], codes: [String], token: String) {
        let session = try await desk.verified()
        let options = try await desk.acting(session.token)
        let start = try await desk.me.startSecondFactor(.init(password: Desk.password), options: options)
        #expect(start.uri.hasPrefix("otpauth://totp/Coding%20Ahead:coder@example.org?secret=\(start.secret)"))
        let secret = bytes(start.secret)
        let wrong = await #expect(throws: ServiceError.self) {
            try await desk.me.confirmSecondFactor(.init(code: "abcdef"), options: options)
        }
        #expect(wrong?.kind == .invalidArgument)
        _ = try await desk.logIn()
        let codes = try await desk.me.confirmSecondFactor(.init(code: code(secret, desk)), options: options).codes
        return (secret, codes, session.token)
    }

    @Test func `with a second factor the password alone is not enough, and a code works once`() async throws {
        let desk = try Desk()
        let (secret, _, token) = try await turnedOn(desk)
        #expect(try await desk.authenticate(token).secondFactor)
        let alone = await #expect(throws: ServiceError.self) { try await logIn(desk, "") }
        #expect(alone?.kind == .unauthenticated && alone?.reason == "second_factor")
        // The code that turned it on is used up.
        let used = await #expect(throws: ServiceError.self) { try await logIn(desk, code(secret, desk)) }
        #expect(used?.reason == "wrong_code")
        desk.clock.advance(seconds: 30)
        let fresh = code(secret, desk)
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<3 {
                group.addTask {
                    do throws(ServiceError) {
                        _ = try await logIn(desk, fresh)
                        return true
                    } catch {
                        return false
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(outcomes == 1)
    }

    @Test func `a recovery code logs in once, however it is typed`() async throws {
        let desk = try Desk()
        let (_, codes, _) = try await turnedOn(desk)
        #expect(Set(codes).count == 10)
        _ = try await logIn(desk, codes[0].uppercased().replacing("-", with: " "))
        let again = await #expect(throws: ServiceError.self) { try await logIn(desk, codes[0]) }
        #expect(again?.reason == "wrong_code")
        _ = try await logIn(desk, codes[1])
    }

    @Test func `wrong codes make whoever knows the password wait, and a reset of the password keeps the factor`()
        async throws
    {
        let desk = try Desk()
        let (secret, _, _) = try await turnedOn(desk)
        for _ in 1...5 {
            let error = await #expect(throws: ServiceError.self) { try await logIn(desk, "000000") }
            #expect(error?.reason == "wrong_code")
        }
        let waiting = await #expect(throws: ServiceError.self) { try await logIn(desk, "000000") }
        #expect(waiting?.kind == .resourceExhausted && waiting?.reason == "login_delay")
        desk.clock.advance(hours: 2)
        _ = try await desk.client.requestPasswordReset(.init(email: "coder@example.org"))
        try await desk.store.writer.write { _ in }
        let token = Desk.token(in: try desk.mails("reset").last)
        _ = try await desk.client.resetPassword(.init(token: token, password: Desk.password))
        let still = await #expect(throws: ServiceError.self) { try await logIn(desk, "") }
        #expect(still?.reason == "second_factor")
        _ = try await logIn(desk, code(secret, desk))
    }

    @Test func `turning it off needs the password and a code`() async throws {
        let desk = try Desk()
        let (secret, _, token) = try await turnedOn(desk)
        let options = try await desk.acting(token)
        desk.clock.advance(seconds: 30)
        for (password, given) in [("wrong", code(secret, desk)), (Desk.password, "000000"), (Desk.password, "")] {
            await #expect(throws: ServiceError.self) {
                try await desk.me.endSecondFactor(.init(password: password, code: given), options: options)
            }
        }
        _ = try await desk.me.endSecondFactor(
            .init(password: Desk.password, code: code(secret, desk)), options: options)
        _ = try await desk.logIn()
    }

    private func ticket(_ desk: Desk, password: String = Desk.password) async throws -> String {
        let reply = try await desk.client.logIn(
            .init(email: "coder@example.org", password: password, network: "203.0.113.0/24", wantsTicket: true))
        #expect(reply.token.isEmpty && reply.account == nil)
        return reply.ticket
    }

    private func finish(_ desk: Desk, _ ticket: String, _ code: String) async throws(ServiceError)
        -> AccountsAPI.Session
    {
        try await desk.client.logIn(.init(network: "203.0.113.0/24", code: code, ticket: ticket))
    }

    @Test func `a login in two steps keeps the password out of the second`() async throws {
        let desk = try Desk()
        let (secret, codes, _) = try await turnedOn(desk)
        desk.clock.advance(seconds: 30)
        let first = try await ticket(desk)
        for wrong in ["", "000000"] {
            let error = await #expect(throws: ServiceError.self) { try await finish(desk, first, wrong) }
            #expect(
                error?.kind == .unauthenticated && error?.reason == (wrong.isEmpty ? "second_factor" : "wrong_code"))
        }
        let session = try await finish(desk, first, code(secret, desk))
        #expect(try await desk.authenticate(session.token).email == "coder@example.org")
        _ = try await finish(desk, try await ticket(desk), codes[0])
        let wrongPassword = await #expect(throws: ServiceError.self) {
            try await ticket(desk, password: "another password")
        }
        #expect(wrongPassword?.reason == "wrong_credentials")
    }

    @Test func `a ticket is good for five minutes, for its password, and only as it was made`() async throws {
        let desk = try Desk()
        let (secret, codes, token) = try await turnedOn(desk)
        let made = try await ticket(desk)
        desk.clock.advance(seconds: LoginTicket.lifetime)
        let parts = made.split(separator: ".").map(String.init)
        let end = (Int64(parts[1]) ?? 0) + 60
        let late = [
            made, "\(parts[0]).\(end).\(parts[2])", "\(parts[0]).\(Int64.max).\(parts[2])", "x", "..", "a.b.c.d",
        ]
        for forged in late {
            let error = await #expect(throws: ServiceError.self) { try await finish(desk, forged, codes[0]) }
            #expect(error?.kind == .unauthenticated && error?.reason == "ticket_over")
        }
        let fresh = try await ticket(desk)
        _ = try await desk.me.changePassword(
            .init(password: Desk.password, newPassword: "six unrelated figs"), options: desk.acting(token))
        let changed = await #expect(throws: ServiceError.self) {
            try await finish(desk, fresh, code(secret, desk))
        }
        #expect(changed?.reason == "ticket_over")
    }
}
