import Accounts
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
                        CASE n % 25 WHEN 0 THEN '' ELSE 'icd10cm/A' || n % 25 END, 0,
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
        let begun = ContinuousClock.now
        let proof = try await ledger.prove()
        print("its proof: \(proof.entries) entries, drift \(proof.drift), \(ContinuousClock.now - begun)")
        try store.close()
    }

    /// The page that was opened before, again and again; and grants while a flood of logins waits for the hashing thread.
    func repeatsAndFlood(
        _ client: AccountsAPI.Client, quiet: Bool
    ) async throws {
        let rate = try await run(inFlight: Self.inFlight) { task, _ in
            let reply = try await client.open(
                AccountsAPI.OpenRequest(
                    subject: .init(kind: "guest", id: "repeating-\(task)"), feature: "code_page", item: "cpt/20975"),
                options: CallOptions(waitForReady: true))
            precondition(reply.outcome != .refused)
        }
        print("Open over TCP of a page that is open, 256 in flight\(quiet ? "" : ", amid a flood of logins"): \(rate)")
    }
}
