import Contracts
import Foundation
import Glibc
import Logging
import RPC
import Testing

@Suite struct UnixSocketTests {
    private static let who = EchoService.method("test.Echo/Who")
    private static var routes: [Route] {
        [
            Route(who) { (_: CommonAPI.CodeReference, context) async throws(ServiceError) -> CommonAPI.CodeReference in
                CommonAPI.CodeReference(title: context.caller.name)
            }
        ]
    }

    @Test func `a caller is known by its user`() async throws {
        try await with(users: nil) { path in
            try await Self.expect("uid:\(geteuid())", path)
        }
    }

    @Test func `a user that is not listed is told so`() async throws {
        try await with(users: [geteuid() + 1]) { path in
            let error = await #expect(throws: ServiceError.self) { try await Self.name(path) }
            #expect(error?.kind == .unavailable)
            #expect(error?.mayHaveRun == false)
            #expect(
                error?.message.contains("the user \(geteuid()) may not call here") == true,
                "\(String(describing: error))")
        }
    }

    @Test func `a file that a dead server left is replaced, a living server's is not`() async throws {
        try await with(users: nil) { path in
            let second = Self.server()
            await #expect(throws: TLSFailure.self) { try await second.start(UnixSocket(path: path)) }
            try await Self.expect("uid:\(geteuid())", path)
            await second.drain()
            // The file of the one that still serves is left alone.
            #expect(FileManager.default.fileExists(atPath: path))
        }
        let folder = NSTemporaryDirectory() + "unix-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = folder + "/dead.sock"
        try Self.leaveSocket(at: path)
        let server = Self.server()
        try await server.start(UnixSocket(path: path))
        try await Self.expect("uid:\(geteuid())", path)
        await server.drain()
        #expect(!FileManager.default.fileExists(atPath: path))
        try FileManager.default.removeItem(atPath: folder)
    }

    @Test func `a path that is too long for a socket is refused`() async throws {
        let server = Self.server()
        let path = NSTemporaryDirectory() + String(repeating: "x", count: 108)
        await #expect(throws: TLSFailure.self) { try await server.start(UnixSocket(path: path)) }
        #expect(UnixSocket.path(in: "unix:" + path) == nil)
        #expect(UnixSocket.path(in: "unix:/a") == "/a")
        #expect(UnixSocket.path(in: "unix:") == nil)
        #expect(UnixSocket.path(in: "127.0.0.1:1") == nil)
    }

    private func with(users: Set<UInt32>?, _ body: (String) async throws -> Void) async throws {
        let folder = NSTemporaryDirectory() + "unix-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = folder + "/rpc.sock"
        let server = Self.server()
        try await server.start(UnixSocket(path: path, users: users))
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(path)) } catch { outcome = .failure(error) }
        await server.drain()
        #expect(!FileManager.default.fileExists(atPath: path))
        try FileManager.default.removeItem(atPath: folder)
        try outcome.get()
    }

    private static func server() -> Server {
        Server(
            configuration: ServerConfiguration(name: "Test"), routes: routes,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private static func expect(_ expected: String, _ path: String) async throws {
        let name = try await name(path)
        #expect(name == expected)
    }

    private static func name(_ path: String) async throws -> String {
        let client = Client(to: UnixSocket.scheme + path)
        let outcome: Result<CommonAPI.CodeReference, any Error>
        do {
            outcome = .success(try await client.call(who, CommonAPI.CodeReference(), options: CallOptions()))
        } catch {
            outcome = .failure(error)
        }
        await client.close()
        return try outcome.get().title
    }

    /// What a server that was killed leaves: a bound socket's file without a socket.
    private static func leaveSocket(at path: String) throws {
        let socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { target in target.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0)
    }
}
