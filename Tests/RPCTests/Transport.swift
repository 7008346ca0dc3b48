import Logging
import RPC

/// The ways to a server.
enum Transport: CaseIterable {
    case tcp, inProcess

    /// Serves routes this way for the length of `body`, with a channel that leads to them.
    func serving(
        _ routes: [Route], limits: Limits = Limits(), _ body: (any RPCChannel) async throws -> Void
    ) async throws {
        guard self != .inProcess else { return try await body(InProcessChannel(routes: routes, limits: limits)) }
        let server = Server(
            configuration: ServerConfiguration(name: "Test", limits: limits), routes: routes,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let port = try await server.start(host: "127.0.0.1", port: 0)
        let client = Client(configuration: ClientConfiguration(target: "127.0.0.1:\(port)", limits: limits))
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(client)) } catch { outcome = .failure(error) }
        await client.close()
        await server.drain()
        try outcome.get()
    }
}
