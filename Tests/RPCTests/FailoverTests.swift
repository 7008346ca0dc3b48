import Contracts
import Logging
import NIOCore
import NIOPosix
import RPC
import Support
import Testing

/// A client with several servers, over real sockets. (Processes that are killed and stopped: SystemTests.)
@Suite struct FailoverTests {
    private static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    /// One event loop, so that what the client learns is learnt once.
    private static let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    /// `EchoService.sleep`, whose handler must not run twice.
    private static let once = RPC.Method(
        fullName: EchoService.sleep.fullName, id: EchoService.sleep.id, isIdempotent: false)

    private static func server(_ log: CallLog, port: Int = 0, limits: Limits = Limits()) async throws -> (Server, Int) {
        let server = Server(
            configuration: ServerConfiguration(name: "Test", limits: limits), routes: EchoService.routes(log: log),
            logger: quiet)
        return (server, try await server.start(host: "127.0.0.1", port: port))
    }

    private static func target(_ ports: [Int]) -> String {
        ports.map { "127.0.0.1:\($0)" }.joined(separator: ",")
    }

    private static func client(_ ports: [Int]) -> Client {
        var configuration = ClientConfiguration(target: target(ports))
        configuration.backoff = .milliseconds(20)
        configuration.longestBackoff = .milliseconds(200)
        return Client(configuration: configuration, group: group)
    }

    private static func sleep(
        _ client: Client, _ milliseconds: Int, method: RPC.Method = EchoService.sleep,
        options: CallOptions = CallOptions()
    ) async throws(ServiceError) {
        let _: CommonAPI.CodeReference = try await client.call(
            method, CommonAPI.CodeReference(code: "\(milliseconds)"), options: options)
    }

    /// Callers that call until told to stop, each some milliseconds; returns how many calls ended well, and the errors.
    private static func load(
        _ client: Client, callers: Int, milliseconds: Int, method: RPC.Method, until stop: Shared<Bool>
    ) async -> (done: Int, failed: [ServiceError]) {
        await withTaskGroup(of: (Int, [ServiceError]).self) { tasks in
            for _ in 0..<callers {
                tasks.addTask {
                    var done = 0
                    var failed: [ServiceError] = []
                    while !stop.current {
                        do throws(ServiceError) {
                            try await sleep(client, milliseconds, method: method)
                            done += 1
                        } catch {
                            failed.append(error)
                        }
                    }
                    return (done, failed)
                }
            }
            return await tasks.reduce(into: (0, [])) {
                $0.0 += $1.0
                $0.1 += $1.1
            }
        }
    }

    @Test func `calls are spread over all addresses of the target`() async throws {
        let logs = (0..<3).map { _ in CallLog() }
        var servers: [(Server, Int)] = []
        for log in logs { servers.append(try await Self.server(log)) }
        let client = Self.client(servers.map(\.1))
        try await LifecycleTests.echo(client)
        try await eventually { servers.allSatisfy { $0.0.connectionCount == 1 } }
        // A server whose first call met a hiccup of the machine is tried again within seconds.
        let end = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < end, logs.contains(where: { $0.begun < 50 }) {
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for _ in 0..<12 {
                    tasks.addTask { for _ in 0..<10 { try await Self.sleep(client, 1) } }
                }
                try await tasks.waitForAll()
            }
        }
        for log in logs { #expect(log.begun >= 50, "\(logs.map(\.begun))") }
        await client.close()
        for (server, _) in servers { await server.drain() }
    }

    @Test func `an address where nobody listens costs no call`() async throws {
        let log = CallLog()
        let (server, port) = try await Self.server(log)
        let client = Self.client([1, port, 2])
        for _ in 0..<200 { try await LifecycleTests.echo(client) }
        await client.close()
        await server.drain()
    }

    @Test func `the addresses of a name are found`() async throws {
        let (server, port) = try await Self.server(CallLog())
        let client = Client(to: "localhost:\(port)", group: Self.group)
        for _ in 0..<20 { try await LifecycleTests.echo(client) }
        await client.close()
        let nowhere = Client(to: "no-such-host.invalid:\(port)", group: Self.group)
        let error = await #expect(throws: ServiceError.self) { try await LifecycleTests.echo(nowhere) }
        #expect(error?.kind == .unavailable)
        #expect(error?.mayHaveRun == false)
        let patient = CallOptions(timeout: .milliseconds(100), waitForReady: true)
        let late = await #expect(throws: ServiceError.self) { try await LifecycleTests.echo(nowhere, options: patient) }
        #expect(late?.kind == .deadlineExceeded)
        await nowhere.close()
        await server.drain()
    }

    @Test func `restarting servers one by one fails no call, not even of those that must not run twice`() async throws {
        let log = CallLog()
        var servers: [(Server, Int)] = []
        for _ in 0..<3 { servers.append(try await Self.server(log)) }
        let client = Self.client(servers.map(\.1))
        let stop = Shared(false)
        async let outcome = Self.load(client, callers: 16, milliseconds: 2, method: Self.once, until: stop)
        for index in [0, 1, 2, 0, 1, 2] {
            try await Task.sleep(for: .milliseconds(60))
            await servers[index].0.drain()
            servers[index] = try await Self.server(log, port: servers[index].1)
        }
        stop.withLock { $0 = true }
        let (done, failed) = await outcome
        #expect(failed == [])
        #expect(done > 100)
        #expect(log.begun == done, "each ran once")
        await client.close()
        for (server, _) in servers { await server.drain() }
    }

    /// A server on which a call never ends unless it comes to another server first.
    private static func stuck(_ log: CallLog, unless other: CallLog) async throws -> (Server, Int) {
        var limits = Limits()
        limits.drainGrace = .milliseconds(20)
        let route = Route(EchoService.sleep) {
            (request: CommonAPI.CodeReference, _) async throws(ServiceError) -> CommonAPI.CodeReference in
            log.began()
            guard other.begun == 0 else { return request }
            do { try await Task.sleep(for: .seconds(60)) } catch { log.ended(cancelled: true) }
            throw ServiceError(.cancelled, "woken")
        }
        let server = Server(
            configuration: ServerConfiguration(name: "Stuck", limits: limits), routes: [route], logger: quiet)
        return (server, try await server.start(host: "127.0.0.1", port: 0))
    }

    @Test(arguments: [(true, false), (false, true), (false, false)])
    func `a call that may have run is repeated elsewhere if its method is idempotent or it has a key, else it is not`(
        _ isIdempotent: Bool, _ hasKey: Bool
    ) async throws {
        let logs = (CallLog(), CallLog())
        let first = try await Self.stuck(logs.0, unless: logs.1)
        let second = try await Self.stuck(logs.1, unless: logs.0)
        let client = Self.client([first.1, second.1])
        let call = Task {
            try await Self.sleep(
                client, 0, method: isIdempotent ? EchoService.sleep : Self.once,
                options: CallOptions(timeout: .seconds(30), idempotencyKey: hasKey ? .random() : nil))
        }
        try await eventually { logs.0.begun + logs.1.begun == 1 }
        await (logs.0.begun == 1 ? first : second).0.drain()
        if isIdempotent || hasKey {
            try await call.value
            #expect(logs.0.begun == 1 && logs.1.begun == 1)
        } else {
            let error = await #expect(throws: ServiceError.self) { try await call.value }
            #expect(error?.kind == .unavailable)
            #expect(error?.mayHaveRun == true)
            #expect(logs.0.begun + logs.1.begun == 1)
        }
        await client.close()
        await first.0.drain()
        await second.0.drain()
    }

    @Test func `a slow read is sent to another server too, a write is not`() async throws {
        let gate = Gate()
        let log = CallLog()
        let method = EchoService.method("test.Echo/Slow")
        let slow = Route(method) {
            (request: CommonAPI.CodeReference, _) async throws(ServiceError) -> CommonAPI.CodeReference in
            log.began()
            await gate.opened()
            return request
        }
        let quick = Route(method) {
            (request: CommonAPI.CodeReference, _) async throws(ServiceError) -> CommonAPI.CodeReference in request
        }
        let servers = [slow, quick].map {
            Server(configuration: ServerConfiguration(name: "Test"), routes: [$0], logger: Self.quiet)
        }
        var ports: [Int] = []
        for server in servers { ports.append(try await server.start(host: "127.0.0.1", port: 0)) }
        var configuration = ClientConfiguration(target: Self.target(ports))
        configuration.hedgeAfter = .milliseconds(20)
        let client = Client(configuration: configuration, group: Self.group)
        let once = RPC.Method(fullName: method.fullName, id: method.id, isIdempotent: false)
        for number in 0..<20 {
            let reply: CommonAPI.CodeReference = try await client.call(
                method, CommonAPI.CodeReference(code: "\(number)"), options: CallOptions(timeout: .seconds(60)))
            #expect(reply.code == "\(number)")
        }
        #expect(log.begun > 0, "some came to the slow one first")
        #expect(client.hedgedCalls >= log.begun)
        let before = client.hedgedCalls
        await withTaskGroup(of: Void.self) { tasks in
            for _ in 0..<8 {
                tasks.addTask {
                    let options = CallOptions(timeout: .milliseconds(200))
                    // try?: half of them time out, on the server that hangs.
                    let _: CommonAPI.CodeReference? = try? await client.call(
                        once, CommonAPI.CodeReference(), options: options)
                }
            }
        }
        #expect(client.hedgedCalls == before)
        gate.open()
        await client.close()
        for server in servers { await server.drain() }
    }
}
