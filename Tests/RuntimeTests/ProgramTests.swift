import Logging
import NIOCore
import Runtime
import ServiceLifecycle
import Synchronization
import Testing

@Suite("The life of a program")
struct ProgramTests {
    /// Notes the order in which things happen.
    private final class Journal: Sendable {
        private let entries = Mutex<[String]>([])
        func note(_ entry: String) { entries.withLock { $0.append(entry) } }
        var all: [String] { entries.withLock { $0 } }
    }

    private struct Child: Service {
        let name: String
        let journal: Journal
        var fails = false

        func run() async throws {
            journal.note("\(name) starts")
            if fails { throw Failure() }
            try await gracefulShutdown()
            journal.note("\(name) ends")
        }
    }

    private struct Failure: Error {}

    private func boot(port: Int) throws -> Boot {
        let settings = try Settings(environment: [
            "CODINGAHEAD_JOBS": "127.0.0.1:\(port)", "CODINGAHEAD_DRAIN_GRACE": "1s",
        ])
        return Boot(program: .jobs, settings: settings, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    @Test("Children end in reverse order, then stores are closed")
    func order() async throws {
        let journal = Journal()
        let boot = try boot(port: 17_104)
        let group = ServiceGroup(
            configuration: .init(
                services: [
                    .init(
                        service: Running(boot: boot) { _ in
                            Composition(
                                children: [Child(name: "a", journal: journal), Child(name: "b", journal: journal)],
                                close: { journal.note("closed") })
                        }, successTerminationBehavior: .gracefullyShutdownGroup)
                ], logger: boot.logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            while journal.all.count < 2 { try await Task.sleep(for: .milliseconds(5)) }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        #expect(journal.all.suffix(3) == ["b ends", "a ends", "closed"])
    }

    @Test("A child that fails takes the program down, with the stores closed")
    func failure() async throws {
        let journal = Journal()
        let boot = try boot(port: 17_105)
        await #expect(throws: Failure.self) {
            try await Program.run(boot) { _ in
                Composition(
                    children: [Child(name: "a", journal: journal), Child(name: "b", journal: journal, fails: true)],
                    close: { journal.note("closed") })
            }
        }
        #expect(journal.all.suffix(2) == ["a ends", "closed"])
    }

    @Test("A port that is taken is told with its address and what to do")
    func portTaken() async throws {
        let holder = OperationsServer(
            address: HostPort(host: "127.0.0.1", port: 17_206),
            pages: OperationsPages(program: .jobs, readiness: Readiness(), metrics: MetricsRegistry()))
        let channel = try await holder.start()
        let boot = try boot(port: 17_106)
        let error = await #expect(throws: ListenError.self) {
            try await Program.run(boot) { _ in Composition() }
        }
        #expect(error?.description.contains("127.0.0.1:17206") == true)
        try await channel.close()
    }

    /// A program as a child of a service group, so that the group can stop it.
    private struct Running: Service {
        let boot: Boot
        let compose: Program.Compose
        func run() async throws { try await Program.run(boot, compose: compose) }
    }
}
