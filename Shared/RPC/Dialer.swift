import NIOCore
import NIOPosix

/// Makes the channel of a client's connection: the one place of the client that knows sockets.
struct Dialer: Sendable {
    /// Longest time for a TCP handshake: within one site it takes a millisecond.
    static let connectTimeout = TimeAmount.seconds(3)

    /// How it makes sure whom it calls over TCP.
    let security: ClientSecurity

    /// Connects, and adds the handler to the channel's pipeline.
    func connect(
        to endpoint: Endpoint, on loop: any EventLoop, handler: ClientConnection
    ) -> EventLoopFuture<any Channel> {
        let security = endpoint.address.isTCP ? security : .plaintext
        return ClientBootstrap(group: loop)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.recvAllocator, value: Reading.allocator)
            .channelOption(.maxMessagesPerRead, value: 1)
            .connectTimeout(Dialer.connectTimeout)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try security.addHandlers(to: channel.pipeline, host: endpoint.host)
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .connect(to: endpoint.address)
    }
}
