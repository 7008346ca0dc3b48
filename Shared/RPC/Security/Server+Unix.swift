import Glibc
import Logging
import NIOCore
import NIOPosix

extension Server {
    /// Serves at a unix socket too, until `drain`.
    ///
    /// A file that a server which is gone left behind is replaced; one at which a server answers is not.
    ///
    /// - Throws: `TLSFailure` when a server answers there or the path is too long, an `IOError` when it cannot be bound.
    package func start(_ socket: UnixSocket) async throws {
        guard socket.path.utf8.count <= UnixSocket.pathLimit else {
            throw TLSFailure(
                "\(socket.path) is longer than the \(UnixSocket.pathLimit) bytes that a socket's path may have")
        }
        if await Server.isServed(socket.path) { throw TLSFailure("another server answers at \(socket.path)") }
        let listener = try await bootstrap { channel, connection in
            UnixSocket.user(of: channel).flatMapThrowing { user in
                guard socket.users.contains(user) else {
                    let reason = "the user \(user) may not call here"
                    self.logger.info("connection refused", metadata: ["cause": "\(reason)"])
                    return try channel.pipeline.syncOperations.addHandler(RefusedConnection(reason))
                }
                connection.caller = .user(user)
                try channel.pipeline.syncOperations.addHandler(connection)
            }
        }.bind(unixDomainSocketPath: socket.path, cleanupExistingSocketFile: true).get()
        // Who may call is decided by the list of users, not by the file's mode.
        chmod(socket.path, 0o666)
        let identity = socket.identity
        listener.closeFuture.whenComplete { _ in
            // A server that was started since has its own file there.
            if let identity, socket.identity == identity { unlink(socket.path) }
        }
        await adopt(listener)
        logger.info("listening", metadata: ["service": "\(configuration.name)", "socket": "\(socket.path)"])
    }

    /// Whether somebody answers at a socket.
    private static func isServed(_ path: String) async -> Bool {
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        do {
            let channel = try await bootstrap.connect(unixDomainSocketPath: path).get()
            try await channel.close()
            return true
        } catch {
            return false
        }
    }
}

/// Tells a peer why it is not served, and closes.
final class RefusedConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let reason: String

    init(_ reason: String) { self.reason = reason }

    func channelActive(context: ChannelHandlerContext) {
        var bytes = ByteBuffer()
        bytes.writeFrame(.error(ConnectionError(.auth, reason)))
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(bytes)).whenComplete { _ in channel.close(promise: nil) }
    }
}
