import Dispatch
import Foundation
import Logging
import NIOCore
import RPC
import Testing

/// Runs a server on a free port of 127.0.0.1 for the length of `body`.
func withServer(
    routes: [Route], limits: Limits = Limits(), _ body: (Server, Int) async throws -> Void
) async throws {
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    let server = Server(
        configuration: ServerConfiguration(name: "Test", limits: limits), routes: routes, logger: logger)
    let port = try await server.start(host: "127.0.0.1", port: 0)
    do {
        try await body(server, port)
    } catch {
        await server.drain()
        throw error
    }
    await server.drain()
}

/// Waits up to 5 s until something holds.
func eventually(_ condition: () -> Bool) async throws {
    for _ in 0..<1000 {
        if condition() { return }
        try await Task.sleep(for: .milliseconds(5))
    }
    Issue.record("it did not happen within 5 s")
}

/// Runs what computes for long on a thread of its own: the other tests of this process have clocks that run.
func apart<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
    await withCheckedContinuation { continuation in
        DispatchQueue.global(qos: .utility).async { continuation.resume(returning: body()) }
    }
}

extension Server {
    /// Listens on a port that was another server's a moment ago; in between the system may have lent it to somebody's outgoing connection.
    func startAgain(on port: Int) async throws -> Int {
        for _ in 0..<500 {
            do { return try await start(host: "127.0.0.1", port: port) } catch let error as IOError
                where error.errnoCode == EADDRINUSE
            {
                try await Task.sleep(for: .milliseconds(10))
            }
        }
        return try await start(host: "127.0.0.1", port: port)
    }
}
