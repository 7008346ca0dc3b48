import Contracts
import Foundation
import RPC
import Support
import Testing

/// The disk of Accounts is lost under load, and its store comes back from the Litestream replica by the same script that containers run.
@Suite struct ReplicaDrillTests {
    private static let litestream = URL(filePath: FileManager.default.currentDirectoryPath)
        .appending(path: ".venv/bin/litestream").path
    private static let script = URL(filePath: FileManager.default.currentDirectoryPath)
        .appending(path: "Services/Replication/stores").path
    /// What may be lost: the figure is 1 s; the rest is for a machine that other tests share.
    private static let recoveryPoint = Duration.seconds(5)

    @Test(.enabled(if: PythonEnvironment.has("litestream"), Comment(rawValue: PythonEnvironment.absence)))
    func `kill -9 under load and a lost disk cost no more than the last seconds, and the ledger proves sound`()
        async throws
    {
        try await RunningDesk.with([.accounts]) { desk in
            let replica = try Self.start("replicate", desk)
            let channel = desk.client(.accounts)
            let accounts = AccountsAPI.Client(channel)
            let granted = Shared<[Int: ContinuousClock.Instant]>([:])
            _ = try await GrantDurabilityTests.open(accounts, guest: 0, item: "cpt/20975")
            try await eventually { FileManager.default.fileExists(atPath: Self.replica(desk)) }
            let lost = await Self.load(accounts, granted, until: .seconds(4)) {
                // The machine is gone: program and sidecar at the same moment, and the disk with them.
                desk[.accounts].signal(SIGKILL)
                replica.terminate(SIGKILL)
            }
            try await desk[.accounts].ended()
            replica.process.waitUntilExit()
            try FileManager.default.removeItem(at: desk.folder.appending(path: "accounts"))

            let begun = ContinuousClock.now
            let restore = try Self.start("restore", desk)
            restore.process.waitUntilExit()
            #expect(restore.process.terminationStatus == 0, "\(restore.output)")
            try desk[.accounts].start()
            try await desk.untilReady(.accounts)
            let back = ContinuousClock.now - begun

            var missing = 0
            for (guest, time) in granted.current {
                let again = try await GrantDurabilityTests.open(accounts, guest: guest, item: "cpt/20975")
                guard again.outcome != .repeat else { continue }
                missing += 1
                #expect(again.outcome == .granted, "guest \(guest) is charged for what is gone")
                #expect(lost - time < Self.recoveryPoint, "guest \(guest) lost a grant of \(lost - time) before")
            }
            let oldest = granted.current.count - missing
            #expect(oldest > 0, "something was replicated")
            let proof = try await AdministrationAPI.Client(channel).reconcile(
                .init(), options: CallOptions(timeout: .seconds(60), principal: Array("operator test".utf8)))
            #expect(proof.drift == 0)
            print("restore drill: \(granted.current.count) acknowledged, \(missing) lost, back in \(back)")
            await channel.close()
        }
    }

    @Test(.enabled(if: PythonEnvironment.has("litestream"), Comment(rawValue: PythonEnvironment.absence)))
    func `a store that is there is never touched, and a replica that must be there is missed`() async throws {
        try await RunningDesk.with([.accounts]) { desk in
            let kept = try Self.start("restore", desk)
            kept.process.waitUntilExit()
            #expect(kept.process.terminationStatus == 0)
            #expect(kept.output.contains("stays as it is"))
            desk[.accounts].signal(SIGKILL)
            try await desk[.accounts].ended()
            try FileManager.default.removeItem(at: desk.folder.appending(path: "accounts"))
            let refused = try Self.start("restore", desk, ["REPLICA_REQUIRED": "1"])
            refused.process.waitUntilExit()
            #expect(refused.process.terminationStatus == 1, "\(refused.output)")
            let store = desk.folder.appending(path: "accounts/accounts.sqlite").path
            #expect(!FileManager.default.fileExists(atPath: store), "nothing that looks like a store is left")
        }
    }

    private static func replica(_ desk: RunningDesk) -> String {
        desk.folder.appending(path: "replica/accounts/accounts.sqlite/ltx/0").path
    }

    /// Eight guests' browsers, one page after another; when the time is over, the disaster, and when that was.
    private static func load(
        _ accounts: AccountsAPI.Client, _ granted: Shared<[Int: ContinuousClock.Instant]>, until length: Duration,
        _ disaster: @escaping @Sendable () -> Void
    ) async -> ContinuousClock.Instant {
        let end = ContinuousClock.now + length
        let lost = Shared(end)
        await withTaskGroup(of: Void.self) { group in
            for caller in 0..<8 {
                group.addTask {
                    for round in 0..<100_000 {
                        let guest = caller * 100_000 + round + 1
                        do throws(ServiceError) {
                            let reply = try await GrantDurabilityTests.open(
                                accounts, guest: guest, item: "cpt/20975", wait: false)
                            let now = ContinuousClock.now
                            if reply.outcome == .granted { granted.withLock { $0[guest] = now } }
                        } catch {
                            return
                        }
                        do { try await Task.sleep(for: .milliseconds(10)) } catch { return }
                    }
                }
            }
            group.addTask {
                do { try await Task.sleep(until: end, clock: .continuous) } catch { return }
                lost.withLock { $0 = ContinuousClock.now }
                disaster()
            }
        }
        return lost.current
    }

    private static func start(
        _ verb: String, _ desk: RunningDesk, _ more: [String: String] = [:]
    ) throws -> ScriptProcess {
        var environment = [
            "PATH": "/usr/bin:/bin", "CODINGAHEAD_DATA": desk.folder.path,
            "REPLICA_URL": "file://\(desk.folder.path)/replica", "LITESTREAM": litestream,
        ]
        environment.merge(more) { $1 }
        let log = desk.folder.appending(path: "stores-\(verb)-\(UUID().uuidString).log")
        return try ScriptProcess(script, [verb, "accounts"], environment: environment, log: log)
    }
}

/// A script as a process; it becomes the program that it runs by `exec`.
private final class ScriptProcess: @unchecked Sendable {
    // SAFETY: set in the initializer; signals and waits are safe from any thread.
    let process = Process()
    private let log: URL

    init(_ path: String, _ arguments: [String], environment: [String: String], log: URL) throws {
        self.log = log
        try Data().write(to: log)
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.environment = environment
        let handle = try FileHandle(forWritingTo: log)
        process.standardOutput = handle
        process.standardError = handle
        process.standardInput = FileHandle.nullDevice
        try process.run()
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    func terminate(_ number: Int32) { if process.isRunning { kill(process.processIdentifier, number) } }

    var output: String {
        do { return try String(contentsOf: log, encoding: .utf8) } catch { return "no log: \(error)" }
    }
}
