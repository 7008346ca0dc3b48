import Logging
import NIOCore
import NIOPosix
import Runtime
import ServiceLifecycle

/// The port at which mail comes in: SMTP for the default set-up, LMTP behind a real mail server.
///
/// Neither speaks TLS: both are for this machine or a trusted network, as LMTP always is (RFC 2033 §5 keeps it off port 25); a mail server
/// in front speaks to the world.
struct MailListener: Service {
    /// Connections at once; a mail server opens a few.
    static let mostConnections = 64
    /// A session on which nothing comes is closed (RFC 5321 §4.5.3.2 has five minutes; nobody types here).
    static let idleSeconds: Int64 = 60

    let dialect: MailSession.Dialect
    let address: HostPort
    let host: String
    let mostBytes: Int
    let intake: CaseIntake
    let logger: Logger
    /// Told the port when it is open.
    var opened: @Sendable (Int) -> Void = { _ in }

    /// - Throws: when the address cannot be bound.
    func run() async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        let server = try await ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.backlog, value: 128)
            .childChannelOption(.maxMessagesPerRead, value: 4)
            .bind(host: address.host, port: address.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        IdleStateHandler(allTimeout: .seconds(Self.idleSeconds)))
                    try channel.pipeline.syncOperations.addHandler(IdleCloser())
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        opened(server.channel.localAddress?.port ?? address.port)
        logger.info("mail is taken", metadata: ["address": "\(address)", "protocol": "\(dialect)"])
        await cancelWhenGracefulShutdown {
            do {
                try await server.executeThenClose { connections in
                    await withDiscardingTaskGroup { group in
                        let open = OpenConnections(limit: Self.mostConnections)
                        do {
                            for try await connection in connections {
                                guard open.enter() else {
                                    connection.channel.close(promise: nil)
                                    continue
                                }
                                group.addTask {
                                    await serve(connection)
                                    open.leave()
                                }
                            }
                        } catch {
                            logger.warning("the mail port failed", metadata: ["cause": "\(error)"])
                        }
                    }
                }
            } catch {
                logger.warning("the mail port did not close", metadata: ["cause": "\(error)"])
            }
        }
    }

    private func serve(_ connection: NIOAsyncChannel<ByteBuffer, ByteBuffer>) async {
        let policy = intake.policy
        do {
            try await connection.executeThenClose { inbound, outbound in
                var session = MailSession(dialect, host: host, mostBytes: mostBytes) { policy.isOurs($0) }
                try await outbound.write(Self.line(session.greeting))
                for try await buffer in inbound {
                    var lines = ByteBuffer()
                    for action in session.receive(buffer.readableBytesView) {
                        switch action {
                        case .reply(let line): lines.writeString(line + "\r\n")
                        case .message(let envelope, let bytes):
                            let reply = await intake.take(envelope, bytes)
                            for case .reply(let line) in session.replies(to: envelope, reply) {
                                lines.writeString(line + "\r\n")
                            }
                        case .close:
                            try await outbound.write(lines)
                            return
                        }
                    }
                    if lines.readableBytes > 0 { try await outbound.write(lines) }
                }
            }
        } catch {
            // The other side went away, or said nothing for too long: its own concern.
            logger.debug("a mail session ended", metadata: ["cause": "\(type(of: error))"])
        }
    }

    private static func line(_ text: String) -> ByteBuffer { ByteBuffer(string: text + "\r\n") }
}
