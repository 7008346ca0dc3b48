import Accounts
import Contracts
import Foundation
import RPC
import Storage
import Testing

@Suite struct DurabilityTests {
    @Test func `acknowledged grants are there after a process that never said goodbye`() async throws {
        let desk = try Desk()
        let account = try await desk.account()
        try await desk.setPlan("professional", of: account)
        let granted = try await withThrowingTaskGroup(of: AccountsAPI.OpenReply.Outcome.self) { group in
            for number in 0..<200 { group.addTask { try await desk.open(account, "icd10cm/B\(number)").outcome } }
            return try await group.reduce(into: 0) { $0 += $1 == .granted ? 1 : 0 }
        }
        #expect(granted == 200)
        let copy = desk.folder.appendingPathComponent("crashed.sqlite").path
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(
                atPath: desk.folder.appendingPathComponent("accounts.sqlite").path + suffix, toPath: copy + suffix)
        }
        let store = try Desk.open(copy)
        let client = try Desk.client(store, desk.passwords, desk.clock)
        for number in 0..<200 {
            let reply = try await client.open(
                AccountsAPI.OpenRequest(subject: account, feature: "code_page", item: "icd10cm/B\(number)"))
            #expect(reply.outcome == .repeat)
        }
        try store.check()
        try store.close()
    }

    @Test func `a full disk refuses grants clearly, loses none, and grants again when there is room`() async throws {
        let desk = try Desk(pageLimit: 60)
        let account = try await desk.account()
        try await desk.setPlan("professional", of: account)
        var granted = 0
        var failure: ServiceError?
        for number in 0..<5_000 where failure == nil {
            do throws(ServiceError) {
                let item = "icd10cm/" + String(repeating: "X", count: 100) + "\(number)"
                #expect(try await desk.open(account, item).outcome == .granted)
                granted += 1
            } catch {
                failure = error
            }
        }
        #expect(failure?.kind == .unavailable && failure?.reason == "storage_full" && failure?.mayHaveRun == false)
        #expect(try desk.ledger(account).charges == Int64(granted))
        #expect(try await desk.balance(account).unlimited)
        try await desk.store.writer.write { database in try database.run("PRAGMA max_page_count = 1000") }
        #expect(try await desk.open(account, "icd10cm/Z00.00").outcome == .granted)
    }

    @Test func `the ledger cannot be changed or deleted`() async throws {
        let desk = try Desk()
        _ = try await desk.open(guest(), "cpt/20975")
        for sql in ["UPDATE entries SET amount = 0", "DELETE FROM entries"] {
            await #expect(throws: StorageError.self) { try await desk.store.writer.write { try $0.run(sql) } }
        }
        #expect(try desk.ledger(guest()) == (1, 0))
    }

    @Test func `accounts, sessions and grants are there after a restart`() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("restart-\(UUID().uuidString).sqlite")
        let clock = TestClock("2026-03-10")
        let passwords = try PasswordWork(Desk.hasher)
        var token = ""
        var account = AccountsAPI.Subject()
        for start in 1...3 {
            let store = try Desk.open(path.path)
            let client = try Desk.client(store, passwords, clock)
            if start == 1 {
                let session = try await client.register(
                    AccountsAPI.RegisterRequest(email: "coder@example.org", password: Desk.password))
                token = session.token
                account = AccountsAPI.Subject(kind: "account", id: session.account?.id ?? "")
            }
            #expect(try await client.authenticate(AccountsAPI.AuthenticateRequest(token: token)).id == account.id)
            let reply = try await client.open(
                AccountsAPI.OpenRequest(subject: account, feature: "code_page", item: "cpt/20975"))
            #expect(reply.outcome == (start == 1 ? .granted : .repeat))
            #expect(reply.balance?.remaining == 4)
            try store.close()
        }
        passwords.close()
        for suffix in ["", ".lock"] { try FileManager.default.removeItem(atPath: path.path + suffix) }
    }
}
