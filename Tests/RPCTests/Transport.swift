import Foundation
import Logging
import RPC

/// The four ways to a server.
enum Transport: CaseIterable {
    case tcp, tls, unix, inProcess

    /// Serves routes this way for the length of `body`, with a channel that leads to them.
    func serving(
        _ routes: [Route], limits: Limits = Limits(), filters: FilterChain = [],
        _ body: (any RPCChannel) async throws -> Void
    ) async throws {
        guard self != .inProcess else {
            return try await body(InProcessChannel(routes: routes, limits: limits, filters: filters))
        }
        let certificates = try TestCertificates()
        var configuration = ServerConfiguration(name: "Test", limits: limits, filters: filters)
        if self == .tls { configuration.security = .mutual(try certificates.identity("server")) }
        let server = Server(
            configuration: configuration, routes: routes,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        var target = UnixSocket.scheme + certificates.folder + "/rpc.sock"
        if self == .unix {
            try await server.start(UnixSocket(path: certificates.folder + "/rpc.sock"))
        } else {
            target = "127.0.0.1:\(try await server.start(host: "127.0.0.1", port: 0))"
        }
        let security: ClientSecurity =
            self == .tls ? .tls(try certificates.identity("client"), serverName: nil) : .plaintext
        let client = Client(configuration: ClientConfiguration(target: target, security: security, limits: limits))
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(client)) } catch { outcome = .failure(error) }
        await client.close()
        await server.drain()
        try certificates.remove()
        try outcome.get()
    }
}
