import Accounts
import Calendar
import CLedger
import Contracts
import Foundation
import RPC
import Storage

extension AccountsBenchmark {
    /// The same rows as `ledger(.guests)` by a C program, in batches of that size and one by one.
    func floor(batch: Int) throws {
        for size in [batch, 1] {
            let path = folder.appendingPathComponent("floor-\(size).sqlite").path
            try Store(StoreConfiguration(path: path, migrations: AccountsSchema.migrations)).close()
            let rate = ledger_in_c(path, Int32(size), duration / .seconds(1))
            precondition(rate > 0)
            print("the same rows in C, \(size) a commit: \(Int(rate))/s")
        }
    }

    /// Grants in a ledger that holds 5 million entries of 200 000 subjects, and its proof.
    func grown() async throws {
        let store = try Store(
            StoreConfiguration(
                path: folder.appendingPathComponent("grown.sqlite").path, migrations: AccountsSchema.migrations))
        for part in 0..<200 {
            try await store.writer.write { database in
                try database.run(
                    """
                    WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < 24999)
                    INSERT INTO entries
                        (subject, feature, period, item, step, amount, remaining, ends_at, at, kind, bucket)
                    SELECT 'g:0' || printf('%06d', ?1 * 1000 + n / 25) || '-guest', 1, 1700000000,
                        CASE n % 25 WHEN 0 THEN '' ELSE 'icd10cm/A' || (n % 25) END, 0,
                        CASE n % 25 WHEN 0 THEN 24 ELSE -1 END, 24 - n % 25, 1702592000, 1700000000, 0, 0 FROM number
                    """, [.integer(Int64(part))])
            }
        }
        let ledger = Ledger(store, plans: Plans(store), networkCeiling: 1_000_000)
        let rate = try await run(inFlight: Self.inFlight) { task, step in
            let order = OpenOrder(
                subject: try Subject(kind: "guest", id: "\(1_000_000 + step)-\(1_000 + task)-guest"),
                feature: .codePage,
                item: try MeteredItem("icd10cm/T\(task).\(step)"), key: Array(IdempotencyKey.random().bytes))
            let opening = try await ledger.open(order, at: WallClock.system.now)
            precondition(opening.outcome == .granted)
        }
        print("grants in a ledger of 5 000 000 entries, 256 in flight: \(rate)")
        try await rollover(ledger, store)
        let begun = ContinuousClock.now
        let proof = try await ledger.prove()
        print("its proof: \(proof.entries) entries, drift \(proof.drift), \(ContinuousClock.now - begun)")
        try store.close()
    }

    /// A month ends while 2 000 accounts without limit open pages: the longest call before and after that moment.
    private func rollover(_ ledger: Ledger, _ store: Store) async throws {
        var chance = SystemRandomNumberGenerator()
        let march = UTCInstant(startOf: CalendarDate("2027-03-31")!)
        var accounts: [Subject] = []
        for _ in 0..<2_000 {
            let id = AccountID(at: march, using: &chance)
            accounts.append(.account(id))
            try await store.writer.write { database in
                try database.run(
                    """
                    INSERT INTO accounts (id, email, email_canonical, password_hash, plan, created_at)
                    VALUES (?1, ?1, ?1, '', 'professional', 0)
                    """, [.text(id.text)])
            }
        }
        let subjects = accounts
        let clock = ContinuousClock()
        let middle = clock.now + duration / 2
        let end = clock.now + duration
        let longest = try await withThrowingTaskGroup(of: (before: Duration, after: Duration).self) { group in
            for task in 0..<64 {
                group.addTask {
                    var longest = (before: Duration.zero, after: Duration.zero)
                    for step in 0... {
                        let begun = clock.now
                        guard begun < end else { break }
                        let isOver = begun >= middle
                        let order = OpenOrder(
                            subject: subjects[(task + step * 64) % subjects.count], feature: .codePage,
                            item: try MeteredItem("icd10cm/T\(task).\(step)"), key: Array(IdempotencyKey.random().bytes)
                        )
                        _ = try await ledger.open(order, at: isOver ? march.adding(seconds: 86_400) : march)
                        let took = clock.now - begun
                        if isOver {
                            longest.after = max(longest.after, took)
                        } else {
                            longest.before = max(longest.before, took)
                        }
                    }
                    return longest
                }
            }
            return try await group.reduce((.zero, .zero)) { (max($0.0, $1.before), max($0.1, $1.after)) }
        }
        print("a month ends amid grants, 64 in flight: longest call before \(longest.0), after \(longest.1)")
    }

    /// The page that was opened before, again and again.
    func repeats(_ client: AccountsAPI.Client) async throws {
        let rate = try await run(inFlight: Self.inFlight) { task, _ in
            let reply = try await client.open(
                AccountsAPI.OpenRequest(
                    subject: .init(kind: "guest", id: "repeating-\(task)"), feature: "code_page", item: "cpt/20975"),
                options: CallOptions(waitForReady: true))
            precondition(reply.outcome != .refused)
        }
        print("Open over TCP of a page that is open, 256 in flight: \(rate)")
    }

    /// Grants over TCP, quiet and while 64 callers guess passwords as fast as they are refused.
    func flood() async throws {
        try await withServer("flood") { _, client in
            for isQuiet in [true, false] {
                let guessing = isQuiet ? nil : Task { await Self.guess(client) }
                let rate = try await run(inFlight: 16) { task, step in
                    let id = "\(1_000_000 + step)-\(1_000 + task)-\(isQuiet ? "quiet" : "flood")"
                    let reply = try await client.open(
                        AccountsAPI.OpenRequest(
                            subject: .init(kind: "guest", id: id), feature: "code_page", item: "cpt/20975"),
                        options: CallOptions(idempotencyKey: .random(), waitForReady: true))
                    precondition(reply.outcome == .granted)
                }
                print("Open over TCP, guests, 16 in flight, \(isQuiet ? "quiet" : "amid a flood of logins"): \(rate)")
                guessing?.cancel()
                await guessing?.value
            }
        }
    }

    private static func guess(_ client: AccountsAPI.Client) async {
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<64 {
                group.addTask {
                    while !Task.isCancelled {
                        do throws(ServiceError) {
                            _ = try await client.logIn(
                                AccountsAPI.LogInRequest(
                                    email: "a\(number)@example.org", password: "guess",
                                    network: "10.\(Int.random(in: 0..<250)).\(Int.random(in: 0..<250)).0/24"))
                        } catch {
                            // Refused, as it should be: the flood goes on.
                        }
                    }
                }
            }
        }
    }
}
