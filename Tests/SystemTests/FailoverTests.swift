import Contracts
import Foundation
import Logging
import RPC
import Support
import Testing

/// One client over several server processes, of which some die, stop or are slow: no call is lost that has a right to a retry.
@Suite struct FailoverTests {
    @Test func `one server killed, one stopped, one slow: every idempotent call is answered`() async throws {
        try await RunningDesk.with([.accounts, .assistant, .jobs]) { desk in
            let slow = try await SlowHealth.start(milliseconds: 100)
            let ports = [RunningDesk.Name.accounts, .assistant, .jobs].compactMap { desk.ports[$0] } + [slow.port]
            var configuration = ClientConfiguration(target: ports.map { "127.0.0.1:\($0)" }.joined(separator: ","))
            configuration.backoff = .milliseconds(20)
            configuration.limits.pingAfter = .milliseconds(500)
            configuration.limits.pingAnswer = .milliseconds(500)
            let client = HealthAPI.Client(Client(configuration: configuration))
            let stop = Shared(false)
            let outcome = Shared((answered: 0, failed: [ServiceError](), slowest: Duration.zero))
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for _ in 0..<16 {
                    tasks.addTask {
                        while !stop.current {
                            let begun = ContinuousClock.now
                            do throws(ServiceError) {
                                _ = try await client.check(.init(), options: CallOptions(timeout: .seconds(20)))
                                outcome.withLock { $0.answered += 1 }
                            } catch {
                                outcome.withLock { $0.failed.append(error) }
                            }
                            let took = ContinuousClock.now - begun
                            outcome.withLock { $0.slowest = max($0.slowest, took) }
                            try await Task.sleep(for: .milliseconds(1))
                        }
                    }
                }
                tasks.addTask {
                    defer { stop.withLock { $0 = true } }
                    try await Task.sleep(for: .milliseconds(300))
                    desk[.accounts].signal(SIGKILL)
                    try await Task.sleep(for: .milliseconds(300))
                    desk[.jobs].signal(SIGSTOP)
                    try await Task.sleep(for: .seconds(3))
                    desk[.jobs].signal(SIGCONT)
                    try desk[.accounts].start()
                    try await Task.sleep(for: .seconds(2))
                }
                try await tasks.waitForAll()
            }
            let (answered, failed, slowest) = outcome.current
            #expect(failed == [], "\(failed.prefix(3))")
            #expect(answered > 1000)
            #expect(slowest < .seconds(10), "a call on the stopped server waits for the ping to fail")
            #expect(slow.calls.current < answered / 5, "\(slow.calls.current) of \(answered) went to the slow one")
            await slow.server.drain()
        }
    }
}

/// A server of the health protocol, slower than the others.
private struct SlowHealth {
    let server: Server
    let port: Int
    let calls: Shared<Int>

    static func start(milliseconds: Int) async throws -> SlowHealth {
        let calls = Shared(0)
        let route = Route(HealthAPI.Methods.check) {
            (_: HealthAPI.HealthCheckRequest, _) async throws(ServiceError) -> HealthAPI.HealthCheckResponse in
            calls.withLock { $0 += 1 }
            do { try await Task.sleep(for: .milliseconds(milliseconds)) } catch {
                throw ServiceError(.cancelled, "woken")
            }
            return HealthAPI.HealthCheckResponse(status: .serving)
        }
        let server = Server(
            configuration: ServerConfiguration(name: "Slow"), routes: [route],
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        return SlowHealth(server: server, port: try await server.start(host: "127.0.0.1", port: 0), calls: calls)
    }
}
