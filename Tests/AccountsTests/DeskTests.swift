import Accounts
import Calendar
import Contracts
import Mail
import RPC
import Storage
import Testing

@Suite struct DeskTests {
    @Test func `favourites, notes and watches are kept, changed and taken away`() async throws {
        let desk = try Desk()
        let options = try await desk.acting(try await desk.verified().token)
        _ = try await desk.desks.markCode(.init(code: "icd10cm/E11.9", change: "favourite", on: true), options: options)
        let noted = try await desk.desks.markCode(
            .init(code: "icd10cm/E11.9", change: "note", note: "ask for the A1c"), options: options)
        #expect(noted.favourite && noted.note == "ask for the A1c" && !noted.watched)
        #expect(try await desk.desks.getDesk(.init(), options: options).codes.count == 1)
        #expect(try await desk.desks.getDesk(.init(code: "icd10cm/E11.9"), options: options).codes == [noted])
        #expect(try await desk.desks.getDesk(.init(code: "icd10cm/E11.8"), options: options).codes.isEmpty)
        _ = try await desk.desks.markCode(.init(code: "icd10cm/E11.9", change: "favourite"), options: options)
        _ = try await desk.desks.markCode(.init(code: "icd10cm/E11.9", change: "note"), options: options)
        #expect(try await desk.desks.getDesk(.init(), options: options).codes.isEmpty)
        let long = await #expect(throws: ServiceError.self) {
            try await desk.desks.markCode(
                .init(code: "cpt/1", change: "note", note: String(repeating: "x", count: 10_001)), options: options)
        }
        #expect(long?.field == "note")
    }

    @Test func `searches are kept only when they are wanted, and go when they are not`() async throws {
        let desk = try Desk()
        let options = try await desk.acting(try await desk.register().token)
        func content() async throws -> DeskAPI.DeskContent {
            try await desk.store.writer.write { _ in }
            return try await desk.desks.getDesk(.init(), options: options)
        }
        _ = try await desk.desks.noteUse(.init(code: "cpt/20975", search: "private"), options: options)
        let first = try await content()
        #expect(first.searches.isEmpty && first.viewed.map(\.code) == ["cpt/20975"])
        _ = try await desk.desks.setSearchHistory(.init(on: true), options: options)
        for number in 0..<60 {
            desk.clock.advance(seconds: 1)
            _ = try await desk.desks.noteUse(.init(code: "cpt/\(number)", search: "q\(number)"), options: options)
        }
        let full = try await content()
        #expect(full.searches.count == 50 && full.searches.first == "q59" && full.viewed.count == 50)
        _ = try await desk.desks.setSearchHistory(.init(on: false), options: options)
        #expect(try await content().searches.isEmpty)
    }

    @Test func `whoever watches a code gets one mail an edition, if the address is theirs`() async throws {
        let desk = try Desk()
        let watcher = try await desk.acting(try await desk.verified().token)
        for code in ["icd10cm/E11.9", "icd10cm/I10"] {
            _ = try await desk.desks.markCode(.init(code: code, change: "watch", on: true), options: watcher)
        }
        let unverified = try await desk.acting(try await desk.register("other@example.org").token)
        let refused = await #expect(throws: ServiceError.self) {
            try await desk.desks.markCode(.init(code: "icd10cm/I10", change: "watch", on: true), options: unverified)
        }
        #expect(refused?.reason == "unverified")
        let changes = ["icd10cm/E11.9", "icd10cm/I10", "icd10cm/Z00"].map {
            DeskAPI.CodeChange(code: $0, what: "revised")
        }
        for expected in [1, 0, 0] as [UInt32] {
            let reply = try await desk.desks.announceChanges(.init(edition: "icd10cm 2027", changes: changes))
            #expect(reply.mails == expected)
            // The mail is forgotten long before the next edition comes; that it was sent is not.
            if expected == 0 {
                try await desk.store.writer.write { database in try Outbox.forget(endedBefore: .max, in: database) }
            }
        }
        let mails = try desk.mails("watch")
        #expect(mails.count == 1 && mails.first?.recipient == "coder@example.org")
        #expect(mails.first?.text.contains("icd10cm/E11.9: revised\nicd10cm/I10: revised") == true)
    }

    @Test func `everything that is held is in the export`() async throws {
        let desk = try Desk()
        let session = try await desk.verified()
        let options = try await desk.acting(session.token)
        _ = try await desk.me.createKey(.init(name: "build server", scopes: ["read"]), options: options)
        _ = try await desk.open(.init(kind: "account", id: session.account?.id ?? ""), "cpt/20975")
        _ = try await desk.desks.markCode(.init(code: "cpt/20975", change: "note", note: "mine"), options: options)
        let export = try await desk.me.exportMe(.init(), options: options)
        #expect(export.profile?.account?.email == "coder@example.org")
        #expect(export.sessions.count == 1 && export.keys.map(\.name) == ["build server"])
        #expect(Set(export.entries.map(\.kind)) == ["give", "charge"])
        #expect(export.desk?.codes.map(\.note) == ["mine"])
        #expect(export.mails.map(\.kind) == ["verify"])
        #expect(export.audit.map(\.act) == ["registered", "email_verified", "key_created"])
    }

    @Test func `a deleted account is gone from every table but the ledger, which names nobody`() async throws {
        let desk = try Desk()
        let session = try await desk.verified()
        let options = try await desk.acting(session.token)
        let id = session.account?.id ?? ""
        _ = try await desk.open(.init(kind: "account", id: id), "cpt/20975")
        _ = try await desk.desks.markCode(.init(code: "cpt/20975", change: "note", note: "mine"), options: options)
        let wrong = await #expect(throws: ServiceError.self) {
            try await desk.me.deleteMe(.init(password: "not the password"), options: options)
        }
        #expect(wrong?.reason == "wrong_password")
        _ = try await desk.me.deleteMe(.init(password: Desk.password), options: options)
        await #expect(throws: ServiceError.self) { try await desk.authenticate(session.token) }
        await #expect(throws: ServiceError.self) { try await desk.logIn() }
        let rest = try desk.store.read { database in
            try database.first(
                """
                SELECT (SELECT count(*) FROM accounts), (SELECT count(*) FROM logins), (SELECT count(*) FROM sessions),
                    (SELECT count(*) FROM marks), (SELECT count(*) FROM outbox), (SELECT count(*) FROM entries)
                """
            ) { row in (0..<6).map { row.integer(Int32($0)) } }
        }
        #expect(rest == [0, 0, 0, 0, 0, 2])
        #expect(try await desk.register().account?.id != id)
    }

    @Test func `accounts that nobody verified and nobody uses are deleted after a while`() async throws {
        let desk = try Desk()
        _ = try await desk.register("forgotten@example.org")
        _ = try await desk.verified()
        desk.clock.advance(days: 40)
        let accounts = AccountStore(desk.store)
        _ = try await accounts.deleteExpiredSessions(at: desk.clock.now, limit: 100)
        let moment = desk.clock.now.adding(seconds: -39 * 86_400)
        #expect(try await accounts.deleteUnverified(madeBefore: moment, at: desk.clock.now, limit: 100) == 1)
        _ = try await desk.logIn()
    }
}
