import Contracts
import Logging
import NIOCore
import NIOPosix
import RPC
import Testing

@Suite struct LifecycleTests {
    @Test func `a server that is away is UNAVAILABLE at once and nothing ran`() async throws {
        let client = Client(to: "127.0.0.1:1")
        let error = await #expect(throws: ServiceError.self) { try await Self.echo(client) }
        #expect(error?.kind == .unavailable)
        #expect(error?.mayHaveRun == false)
        await client.close()
    }

    @Test func `a caller that waits for ready gets its reply once the server is up`() async throws {
        try await withServer(routes: EchoService.routes()) { server, port in
            await server.drain()
            var configuration = ClientConfiguration(target: "127.0.0.1:\(port)")
            configuration.backoff = .milliseconds(20)
            let client = Client(configuration: configuration)
            async let reply: Void = Self.echo(client, options: CallOptions(timeout: .seconds(5), waitForReady: true))
            try await Task.sleep(for: .milliseconds(100))
            let again = Server(
                configuration: ServerConfiguration(name: "Again"), routes: EchoService.routes(),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            _ = try await again.startAgain(on: port)
            try await reply
            await again.drain()
            await client.close()
        }
    }

    @Test func `a drain lets calls end and fails none, also those that arrive meanwhile`() async throws {
        let log = CallLog()
        try await withServer(routes: EchoService.routes(log: log)) { server, port in
            let client = Client(to: "127.0.0.1:\(port)")
            try await Self.echo(client)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<200 {
                    group.addTask {
                        let _: CommonAPI.CodeReference = try await client.call(
                            EchoService.sleep, CommonAPI.CodeReference(code: "150"), options: CallOptions())
                    }
                }
                try await eventually { log.begun == 200 }
                await server.drain()
                try await group.waitForAll()
            }
            #expect(log.completed == 200)
            #expect(server.connectionCount == 0)
            await client.close()
        }
    }

    @Test func `calls of a rolling restart on the same port all succeed`() async throws {
        let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let routes = EchoService.routes()
        var server = Server(configuration: ServerConfiguration(name: "A"), routes: routes, logger: quiet)
        let port = try await server.start(host: "127.0.0.1", port: 0)
        var configuration = ClientConfiguration(target: "127.0.0.1:\(port)")
        configuration.backoff = .milliseconds(10)
        let client = Client(configuration: configuration)
        let load = Task {
            var calls = 0
            while !Task.isCancelled {
                try await Self.echo(client, options: CallOptions(timeout: .seconds(5), waitForReady: true))
                calls += 1
            }
            return calls
        }
        for _ in 0..<5 {
            try await Task.sleep(for: .milliseconds(50))
            await server.drain()
            server = Server(configuration: ServerConfiguration(name: "B"), routes: routes, logger: quiet)
            _ = try await server.startAgain(on: port)
        }
        load.cancel()
        do {
            _ = try await load.value
        } catch let error as ServiceError where error.kind == .cancelled {
            // The last call was cut by the cancellation of its task.
        }
        await server.drain()
        await client.close()
    }

    @Test func `a call that ends while the client connects anew does not disturb the new connection`() async throws {
        let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let log = CallLog()
        let old = Server(
            configuration: ServerConfiguration(name: "Old"), routes: EchoService.routes(log: log), logger: quiet)
        let port = try await old.start(host: "127.0.0.1", port: 0)
        let client = Client(to: "127.0.0.1:\(port)")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for milliseconds in stride(from: 100, through: 400, by: 5) {
                group.addTask {
                    let _: CommonAPI.CodeReference = try await client.call(
                        EchoService.sleep, CommonAPI.CodeReference(code: "\(milliseconds)"), options: CallOptions())
                }
            }
            try await eventually { log.begun == 61 }
            async let drained: Void = old.drain()
            try await Task.sleep(for: .milliseconds(50))
            let new = Server(
                configuration: ServerConfiguration(name: "New"), routes: EchoService.routes(), logger: quiet)
            _ = try await new.startAgain(on: port)
            // None of these waits for ready: each must find the new server at once.
            for _ in 0..<200 {
                try await Self.echo(client)
                try await Task.sleep(for: .milliseconds(1))
            }
            try await group.waitForAll()
            await drained
            await new.drain()
        }
        await client.close()
    }

    @Test func `once one event loop has reached the server, calls on the others do too`() async throws {
        try await withServer(routes: EchoService.routes()) { server, port in
            await server.drain()
            var configuration = ClientConfiguration(target: "127.0.0.1:\(port)")
            configuration.backoff = .seconds(600)
            configuration.longestBackoff = .seconds(600)
            let group = MultiThreadedEventLoopGroup(numberOfThreads: 4)
            let client = Client(configuration: configuration, group: group)
            // Three of four loops find nobody and rest for ten minutes.
            for _ in 0..<3 { await #expect(throws: ServiceError.self) { try await Self.echo(client) } }
            let again = Server(
                configuration: ServerConfiguration(name: "Again"), routes: EchoService.routes(),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            _ = try await again.startAgain(on: port)
            try await Self.echo(client)
            try await eventually { again.connectionCount == 1 }
            // Waking the others takes a turn of each loop.
            try await Task.sleep(for: .milliseconds(200))
            for _ in 0..<8 { try await Self.echo(client) }
            #expect(again.connectionCount == 4)
            await client.close()
            await again.drain()
            try await group.shutdownGracefully()
        }
    }

    @Test func `a lost connection fails its calls as having perhaps run, and the next call connects anew`() async throws
    {
        let log = CallLog()
        var limits = Limits()
        limits.drainGrace = .milliseconds(50)
        try await withServer(routes: EchoService.routes(log: log), limits: limits) { server, port in
            let client = Client(to: "127.0.0.1:\(port)")
            let long = Task {
                let _: CommonAPI.CodeReference = try await client.call(
                    EchoService.sleep, CommonAPI.CodeReference(code: "5000"), options: CallOptions())
            }
            try await eventually { log.begun == 1 }
            await server.drain()
            let error = await #expect(throws: ServiceError.self) { try await long.value }
            #expect(error?.kind == .unavailable)
            #expect(error?.mayHaveRun == true)
            try await eventually { log.cancelled == 1 }
            await client.close()
        }
    }

    @Test func `a small call does not wait for a large reply on the same connection`() async throws {
        try await withServer(routes: EchoService.routes()) { _, port in
            let client = Client(to: "127.0.0.1:\(port)")
            let large = CommonAPI.CodeReference(title: String(repeating: "x", count: 4_000_000))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        let _: CommonAPI.CodeReference = try await client.call(
                            EchoService.echo, large, options: CallOptions(timeout: .seconds(30)))
                    }
                }
                for _ in 0..<200 { try await Self.echo(client) }
                try await group.waitForAll()
            }
            await client.close()
        }
    }

    static func echo(_ client: Client, options: CallOptions = CallOptions()) async throws {
        let sent = CommonAPI.CodeReference(code: "E11.9")
        let reply: CommonAPI.CodeReference = try await client.call(EchoService.echo, sent, options: options)
        #expect(reply == sent)
    }
}
