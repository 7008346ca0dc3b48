import Accounts
import Calendar
import Contracts
import Foundation
import Logging
import Mail
import RPC
import Storage

/// Measures the disk, the group-commit writer, the ledger and `Accounts.Open` over TCP, in this order, since each stands
/// on the one before. Prints one line a figure.
///
/// `Tests/Benchmarks/Accounts/run [PART …]`, all parts without one; the environment may name `BENCHMARK_FOLDER`, on the disk to
/// measure, and `BENCHMARK_SECONDS`, for each figure.
@main
struct AccountsBenchmark {
    static let inFlight = 256
    static let parts = ["disk", "writer", "ledger", "rpc", "flood", "grown"]

    let folder: URL
    let duration: Duration

    static func main() async throws {
        let wanted = CommandLine.arguments.dropFirst()
        guard wanted.allSatisfy(parts.contains) else {
            print("parts: \(parts.joined(separator: " "))")
            exit(64)
        }
        let environment = ProcessInfo.processInfo.environment
        let place = environment["BENCHMARK_FOLDER"] ?? FileManager.default.temporaryDirectory.path
        let seconds = environment["BENCHMARK_SECONDS"].flatMap(Double.init) ?? 5
        let folder = URL(fileURLWithPath: place).appendingPathComponent("benchmark-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let benchmark = AccountsBenchmark(folder: folder, duration: .seconds(seconds))
        for part in parts where wanted.isEmpty || wanted.contains(part) { try await benchmark.measure(part) }
        try FileManager.default.removeItem(at: folder)
    }

    private func measure(_ part: String) async throws {
        switch part {
        case "disk": try disk()
        case "writer":
            try await writer(inFlight: 1)
            try await writer(inFlight: Self.inFlight)
        case "ledger":
            let batch = try await ledger(.guests)
            try floor(batch: batch)
            _ = try await ledger(.professional)
        case "rpc":
            try await rpc(.guests)
            try await rpc(.professional)
        case "flood": try await flood()
        default: try await grown()
        }
    }

    /// How long the disk takes to make 4 KiB last.
    private func disk() throws {
        let descriptor = open(folder.appendingPathComponent("disk").path, O_RDWR | O_CREAT, 0o600)
        precondition(descriptor >= 0)
        defer { close(descriptor) }
        let page = [UInt8](repeating: 7, count: 4096)
        let times = (0..<300).map { index in
            ContinuousClock().measure {
                _ = pwrite(descriptor, page, page.count, off_t(index * page.count))
                _ = fdatasync(descriptor)
            }
        }.sorted()
        print("fdatasync of 4 KiB: median \(times[150]), p99 \(times[297])")
    }

    private func writer(inFlight: Int) async throws {
        let store = try Store(
            StoreConfiguration(
                path: folder.appendingPathComponent("writer-\(inFlight).sqlite").path,
                migrations: [Migration("1", sql: "CREATE TABLE numbers (number INTEGER PRIMARY KEY, text TEXT)")]))
        let rate = try await run(inFlight: inFlight) { _, _ in
            try await store.writer.write { database in
                try database.run("INSERT INTO numbers (text) VALUES (?)", [.text("a row of some thirty bytes here")])
            }
        }
        let statistics = store.writer.statistics
        print("one-row writes, \(inFlight) in flight: \(rate), \(statistics.writes / statistics.commits) a commit")
        try store.close()
    }

    private func ledger(_ load: Load) async throws -> Int {
        let store = try Store(
            StoreConfiguration(
                path: folder.appendingPathComponent("ledger-\(load).sqlite").path,
                migrations: AccountsSchema.migrations))
        let ledger = Ledger(store, plans: Plans(store), networkCeiling: 1_000_000)
        let account = try await professional(store)
        let rate = try await run(inFlight: Self.inFlight) { task, step in
            let order = OpenOrder(
                subject: try load.subject(task, step, account), feature: .codePage,
                item: try MeteredItem("icd10cm/T\(task).\(step)"), key: Array(IdempotencyKey.random().bytes))
            let opening = try await ledger.open(order, at: WallClock.system.now)
            precondition(opening.outcome == .granted)
        }
        let statistics = store.writer.statistics
        print(
            "grants in the ledger, \(load), 256 in flight: \(rate), \(statistics.writes / statistics.commits) a commit")
        try store.close()
        return max(1, statistics.writes / statistics.commits)
    }

    private func rpc(_ load: Load) async throws {
        try await withServer("rpc-\(load)") { store, client in
            let account = try await professional(store)
            let rate = try await run(inFlight: Self.inFlight) { task, step in
                let subject = try load.subject(task, step, account)
                let reply = try await client.open(
                    AccountsAPI.OpenRequest(
                        subject: AccountsAPI.Subject(subject), feature: "code_page", item: "icd10cm/T\(task).\(step)"),
                    options: CallOptions(idempotencyKey: .random(), waitForReady: true))
                precondition(reply.outcome == .granted)
            }
            let statistics = store.writer.statistics
            print(
                "Open over TCP, \(load), 256 in flight: \(rate), \(statistics.writes / statistics.commits) a commit")
            if load == .guests { try await repeats(client) }
        }
    }

    /// Accounts over TCP, with a store of its own, for the time of `body`.
    func withServer(_ name: String, _ body: (Store, AccountsAPI.Client) async throws -> Void) async throws {
        let store = try Store(
            StoreConfiguration(
                path: folder.appendingPathComponent("\(name).sqlite").path, migrations: AccountsSchema.migrations))
        let logger = Logger(label: "benchmark") { _ in SwiftLogNoOpLogHandler() }
        let passwords = try PasswordWork()
        let handler = AccountsHandler(
            store: store, passwords: passwords, letters: try Letters(origin: "http://127.0.0.1"),
            limits: AccountsLimits(guestGrants: 1_000_000), logger: logger)
        let server = Server(
            configuration: ServerConfiguration(name: "Accounts"), routes: AccountsAPI.routes(handler), logger: logger)
        let port = try await server.start(host: "127.0.0.1", port: 0)
        let channel = Client(to: "127.0.0.1:\(port)")
        try await body(store, AccountsAPI.Client(channel))
        await channel.close()
        await server.drain()
        passwords.close()
        try store.close()
    }

    func professional(_ store: Store) async throws -> AccountID {
        var chance = SystemRandomNumberGenerator()
        let now = WallClock.system.now
        let id = AccountID(at: now, using: &chance)
        let account = Account(id: id, email: "a@example.org", plan: .professional, createdAt: now)
        let hash = [UInt8](repeating: 0, count: 32)
        let mail = MailMessage(id: "a", kind: "verify", recipient: "a@example.org", subject: "", text: "")
        try await AccountStore(store).register(
            Registration(
                account: account, address: try EmailAddress("a@example.org"), passwordHash: "",
                session: NewSession(tokenHash: hash, createdAt: now, expiresAt: now), guest: nil, tokenHash: hash,
                verification: mail, notice: mail, network: nil, networkCeiling: 1))
        return id
    }

    /// Runs `work` in so many tasks for the duration, and gives back the rate and the latencies as text.
    func run(
        inFlight: Int, _ work: @escaping @Sendable (_ task: Int, _ step: Int) async throws -> Void
    ) async throws -> String {
        let clock = ContinuousClock()
        let end = clock.now + duration
        let start = clock.now
        let latencies = try await withThrowingTaskGroup(of: [Duration].self) { group in
            for task in 0..<inFlight {
                group.addTask {
                    var latencies: [Duration] = []
                    while clock.now < end {
                        let begun = clock.now
                        try await work(task, latencies.count)
                        latencies.append(clock.now - begun)
                    }
                    return latencies
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }.sorted()
        }
        let rate = Double(latencies.count) / ((clock.now - start) / .seconds(1))
        let tail = latencies[latencies.count * 99 / 100]
        return "\(Int(rate))/s, median \(latencies[latencies.count / 2]), p99 \(tail)"
    }
}
