import Accounts
import Contracts
import Mail
import RPC
import Storage
import Testing

@Suite struct KeyTests {
    private func key(
        _ desk: Desk, _ token: String, _ scopes: [String] = ["read"], name: String = "build server"
    ) async throws(ServiceError) -> MeAPI.NewKey {
        try await desk.me.createKey(MeAPI.CreateKeyRequest(name: name, scopes: scopes), options: desk.acting(token))
    }

    @Test func `a key is its owner's, is shown once, and says when it was used`() async throws {
        let desk = try Desk()
        let session = try await desk.register()
        let made = try await key(desk, session.token, ["ask", "read"])
        #expect(made.secret.hasPrefix("ca_") && made.secret.utf8.count == 46)
        #expect(made.key?.scopes == ["read", "ask"] && made.key?.lastUsedAt == "")
        desk.clock.advance(hours: 2)
        let account = try await desk.authenticate(made.secret)
        #expect(account.id == session.account?.id && account.scopes == ["read", "ask"])
        #expect(account.principal.hasPrefix(account.id + " key "))
        try await desk.store.writer.write { _ in }
        let keys = try await desk.me.listKeys(.init(), options: desk.acting(session.token)).keys
        #expect(keys.map(\.name) == ["build server"] && keys.first?.lastUsedAt == "2026-03-10T02:00:00Z")
        let stored = try desk.store.read { database in
            try database.all("SELECT hex(key_hash) || name || scopes FROM api_keys") { $0.text(0) }
        }
        #expect(!stored.joined().contains(made.secret.dropFirst(3)))
    }

    @Test func `a revoked key opens nothing, at once`() async throws {
        let desk = try Desk()
        let token = try await desk.register().token
        let made = try await key(desk, token)
        let other = try await desk.register("other@example.org").token
        let foreign = await #expect(throws: ServiceError.self) {
            try await desk.me.revokeKey(.init(id: made.key?.id ?? ""), options: desk.acting(other))
        }
        #expect(foreign?.kind == .notFound)
        _ = try await desk.me.revokeKey(.init(id: made.key?.id ?? ""), options: desk.acting(token))
        let error = await #expect(throws: ServiceError.self) { try await desk.authenticate(made.secret) }
        #expect(error?.kind == .unauthenticated)
    }

    @Test func `a key does what its scopes hold, and never what changes how somebody logs in`() async throws {
        let desk = try Desk()
        let token = try await desk.register().token
        let reading = try await desk.acting(try await key(desk, token, ["read"]).secret)
        let asking = try await desk.acting(try await key(desk, token, ["ask"]).secret)
        let writing = try await desk.acting(try await key(desk, token, ["write"]).secret)
        #expect(try await desk.me.getMe(.init(), options: reading).account?.email == "coder@example.org")
        #expect(try await desk.me.getMyUsage(.init(), options: writing).features.count == 3)
        let scope = await #expect(throws: ServiceError.self) { try await desk.me.getMe(.init(), options: asking) }
        #expect(scope?.kind == .permissionDenied && scope?.reason == "scope_needed")
        for options in [reading, asking, writing] {
            let error = await #expect(throws: ServiceError.self) {
                try await desk.me.createKey(.init(name: "more", scopes: ["write"]), options: options)
            }
            #expect(error?.kind == .permissionDenied && error?.reason == "session_needed")
        }
        let nobody = await #expect(throws: ServiceError.self) { try await desk.me.getMe(.init()) }
        #expect(nobody?.kind == .unauthenticated)
    }

    @Test(
        arguments: [
            ("", ["read"], "name"), ("   ", ["read"], "name"), ("two\nlines", ["read"], "name"),
            ("right\u{202E}to left", ["read"], "name"), ("zero\u{200B}width", ["read"], "name"),
            (String(repeating: "x", count: 81), ["read"], "name"),
            ("e" + String(repeating: "\u{301}", count: 5_000), ["read"], "name"), ("fine", [], "scopes"),
            ("fine", ["everything"], "scopes"),
        ])
    func `a name that disguises itself, and scopes that are none, are named`(
        name: String, scopes: [String], field: String
    ) async throws {
        let desk = try Desk()
        let token = try await desk.register().token
        let error = await #expect(throws: ServiceError.self) { try await key(desk, token, scopes, name: name) }
        #expect(error?.kind == .invalidArgument && error?.field == field)
    }

    @Test func `an account has fifty keys at most`() async throws {
        let desk = try Desk()
        let token = try await desk.register().token
        for _ in 1...50 { _ = try await key(desk, token) }
        let error = await #expect(throws: ServiceError.self) { try await key(desk, token) }
        #expect(error?.kind == .resourceExhausted && error?.reason == "too_many_keys")
    }

    @Test func `a token of another kind opens nothing`() async throws {
        let desk = try Desk()
        let session = try await desk.register()
        let made = try await key(desk, session.token)
        let mailed = Desk.token(in: try desk.mails("verify").last)
        #expect(mailed.hasPrefix("mv_"))
        for wrong in [mailed, "ca_" + session.token, String(made.secret.dropFirst(3)), "mv_" + session.token] {
            let error = await #expect(throws: ServiceError.self) { try await desk.authenticate(wrong) }
            #expect(error?.kind == .unauthenticated)
        }
        for wrong in [session.token, made.secret, "mr_" + mailed.dropFirst(3), "mc_" + mailed.dropFirst(3)] {
            let error = await #expect(throws: ServiceError.self) {
                try await desk.client.verifyEmail(.init(token: wrong))
            }
            #expect(error?.kind == .notFound && error?.reason == "unknown_token")
        }
    }
}
