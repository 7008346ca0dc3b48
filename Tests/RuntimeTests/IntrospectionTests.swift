import Contracts
import Logging
import RPC
import Schema
import Testing

@testable import Runtime

@Suite("What a program says of itself")
struct IntrospectionTests {
    @Test("reflection serves the contract whole, and a file with what it imports, which can be read by itself")
    func reflection() async throws {
        let service = ReflectionService(serving: ["b.B", "a.A"])
        let client = ReflectionAPI.Client(InProcessChannel(routes: ReflectionAPI.routes(service)))
        #expect(try await client.listServices(.init()).services == ["a.A", "b.B"])
        let whole = try await client.getDescriptors(.init()).descriptorSet
        #expect(try Self.schema(whole).methods.count == Contract.schema.methods.count)
        for symbol in [
            "codingahead.lookup.v1.Lookup", LookupAPI.Methods.search.fullName, "codingahead.common.v1.Source",
        ] {
            let part = try await client.getDescriptors(.init(symbol: symbol)).descriptorSet
            #expect(part.count < whole.count)
            #expect(!(try Self.schema(part).files.isEmpty))
        }
        let lookup = try Self.schema(
            await client.getDescriptors(.init(symbol: "codingahead.lookup.v1.Lookup")).descriptorSet)
        let request = try #require(lookup.methods[LookupAPI.Methods.getCode.fullName])
        #expect(lookup.messages[request.output] == Contract.schema.messages[request.output])
        let error = await #expect(throws: ServiceError.self) { try await client.getDescriptors(.init(symbol: "x.Y")) }
        #expect(error?.kind == .notFound)
    }

    @Test("stats show connections and calls of a running server")
    func stats() async throws {
        let statistics = CallStatistics(methods: StatsAPI.Methods.all)
        let stats = StatsService(program: "Test", statistics: statistics)
        let server = Server(
            configuration: ServerConfiguration(name: "Test", filters: [statistics]), routes: StatsAPI.routes(stats),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let port = try await server.start(host: "127.0.0.1", port: 0)
        stats.show(server)
        let client = Client(to: "127.0.0.1:\(port)")
        _ = try await StatsAPI.Client(client).get(.init())
        let reply = try await StatsAPI.Client(client).get(.init())
        #expect(reply.program == "Test")
        #expect(reply.connectionCount >= 1)
        let connection = try #require(reply.connections.first)
        #expect(connection.peer.hasPrefix("127.0.0.1:"))
        #expect(connection.caller == "anonymous")
        let method = try #require(reply.methods.first)
        #expect(method.method == "codingahead.stats.v1.Stats/Get")
        #expect(method.ended == [StatsAPI.StatusCount(code: 0, count: 1)])
        #expect(method.inFlight == 1)
        #expect(method.latency.reduce(0) { $0 + $1.count } == 1)
        await client.close()
        await server.drain()
        stats.show(nil)
    }

    private static func schema(_ bytes: [UInt8]) throws -> DescriptorSet {
        try bytes.withUnsafeBytes { try DescriptorSet($0) }
    }
}
