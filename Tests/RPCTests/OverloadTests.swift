import Contracts
import Logging
import NIOCore
import NIOPosix
import RPC
import Support
import Testing

/// Servers with more to do than they can, over real sockets.
@Suite struct OverloadTests {
    private static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    private static let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private static let work = EchoService.method("test.Echo/Work")
    private static let other = EchoService.method("test.Echo/Other")

    private static func with(
        _ configuration: ServerConfiguration, _ routes: [Route], _ body: (Server, Client) async throws -> Void
    ) async throws {
        let server = Server(configuration: configuration, routes: routes, group: group, logger: quiet)
        let port = try await server.start(host: "127.0.0.1", port: 0)
        var client = ClientConfiguration(target: "127.0.0.1:\(port)")
        client.retry = .none
        let channel = Client(configuration: client)
        try await body(server, channel)
        await channel.close()
        await server.drain()
    }

    private static func call(
        _ client: Client, _ method: RPC.Method, timeout: Duration
    ) async -> Result<CommonAPI.CodeReference, ServiceError> {
        do throws(ServiceError) {
            return .success(
                try await client.call(method, CommonAPI.CodeReference(), options: CallOptions(timeout: timeout)))
        } catch {
            return .failure(error)
        }
    }

    @Test func `calls beyond the places of a server wait and are run in their turn`() async throws {
        var limits = Limits()
        limits.inFlight = 2
        let running = Shared((now: 0, most: 0))
        let route = Route(Self.work) {
            (request: CommonAPI.CodeReference, _) async throws(ServiceError) -> CommonAPI.CodeReference in
            running.withLock { state in
                state.now += 1
                state.most = max(state.most, state.now)
            }
            do { try await Task.sleep(for: .milliseconds(5)) } catch { throw ServiceError(.cancelled, "woken") }
            running.withLock { $0.now -= 1 }
            return request
        }
        try await Self.with(ServerConfiguration(name: "Test", limits: limits), [route]) { _, client in
            await withTaskGroup(of: Bool.self) { tasks in
                for _ in 0..<40 {
                    tasks.addTask {
                        if case .success = await Self.call(client, Self.work, timeout: .seconds(20)) { return true }
                        return false
                    }
                }
                for await isAnswered in tasks { #expect(isAnswered) }
            }
            #expect(running.current.most == 2)
        }
    }

    @Test func `a call whose deadline passes while it waits is not run, and says so`() async throws {
        var limits = Limits()
        limits.inFlight = 1
        let log = CallLog()
        let gate = Gate()
        let routes = [
            Route(Self.work) {
                (request: CommonAPI.CodeReference, _) async throws(ServiceError) -> CommonAPI.CodeReference in
                log.began()
                await gate.opened()
                return request
            }
        ]
        try await Self.with(ServerConfiguration(name: "Test", limits: limits), routes) { _, client in
            async let first = Self.call(client, Self.work, timeout: .seconds(20))
            try await eventually { log.begun == 1 }
            // The client's own clock answers first; what counts is what the handler sees.
            for _ in 0..<5 {
                guard case .failure(let error) = await Self.call(client, Self.work, timeout: .milliseconds(50)) else {
                    Issue.record("it has no turn")
                    break
                }
                #expect(error.kind == .deadlineExceeded)
            }
            gate.open()
            let outcome = await first
            #expect(throws: Never.self) { try outcome.get() }
            guard case .success = await Self.call(client, Self.work, timeout: .seconds(20)) else {
                Issue.record("the server is free again")
                return
            }
            #expect(log.begun == 2)
        }
    }

    @Test func `a method at its limit refuses at once, and the others go on`() async throws {
        let gate = Gate()
        let log = CallLog()
        let routes = [Self.work, Self.other].map { method in
            Route(method) {
                (request: CommonAPI.CodeReference, _) async throws(ServiceError) -> CommonAPI.CodeReference in
                if method == Self.work {
                    log.began()
                    await gate.opened()
                }
                return request
            }
        }
        let configuration = ServerConfiguration(name: "Test", methodLimits: [Self.work: 1])
        try await Self.with(configuration, routes) { _, client in
            async let first = Self.call(client, Self.work, timeout: .seconds(20))
            try await eventually { log.begun == 1 }
            guard case .failure(let error) = await Self.call(client, Self.work, timeout: .seconds(20)) else {
                Issue.record("one at a time")
                return
            }
            #expect(error.kind == .resourceExhausted)
            #expect(!error.mayHaveRun)
            guard case .success = await Self.call(client, Self.other, timeout: .seconds(20)) else {
                Issue.record("the other method is free")
                return
            }
            gate.open()
            _ = await first
        }
    }

    @Test func `an old connection is drained and its client goes on with a new one`() async throws {
        var limits = Limits()
        limits.connectionAge = .milliseconds(100)
        try await withServer(routes: EchoService.routes(), limits: limits) { server, port in
            let client = Client(to: "127.0.0.1:\(port)", group: Self.group)
            let end = ContinuousClock.now + .seconds(1)
            while ContinuousClock.now < end {
                try await LifecycleTests.echo(client)
                try await Task.sleep(for: .milliseconds(2))
            }
            #expect(server.connectionCount <= 2)
            await client.close()
        }
    }

    @Test func `handlers that keep the loop busy do not keep a cancellation from being read`() async throws {
        let log = CallLog()
        let routes = [
            Route(Self.work) {
                (request: CommonAPI.CodeReference, _) async throws(ServiceError) -> CommonAPI.CodeReference in
                log.began()
                let end = ContinuousClock.now + .milliseconds(2)
                while ContinuousClock.now < end {}
                return request
            }
        ]
        try await Self.with(ServerConfiguration(name: "Test"), routes) { _, client in
            // Half a second of work, given up after a fifth of it.
            await withTaskGroup(of: Void.self) { tasks in
                for _ in 0..<250 {
                    tasks.addTask { _ = await Self.call(client, Self.work, timeout: .milliseconds(100)) }
                }
            }
            try await Task.sleep(for: .milliseconds(200))
            #expect(log.begun < 200, "what nobody waits for is not run: \(log.begun) of 250")
        }
    }
}
