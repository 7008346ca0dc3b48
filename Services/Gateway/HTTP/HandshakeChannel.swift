import HummingbirdCore
import Logging
import NIOCore
import NIOTLS

/// Closes a connection that does not get through its TLS handshake in time.
struct HandshakeChannel<Inner: ServerChildChannel>: ServerChildChannel {
    let inner: Inner
    let timeout: Duration

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Inner.Value> {
        let value = inner.setup(channel: channel, logger: logger)
        do {
            // Last, so that the handshake's end passes it.
            try channel.pipeline.syncOperations.addHandler(HandshakeGuard(timeout: timeout))
        } catch {
            return channel.eventLoop.makeFailedFuture(error)
        }
        return value
    }

    func handle(value: Inner.Value, logger: Logger) async {
        await inner.handle(value: value, logger: logger)
    }
}

private final class HandshakeGuard: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    private let timeout: Duration
    private var deadline: Scheduled<Void>?

    init(timeout: Duration) { self.timeout = timeout }

    func handlerAdded(context: ChannelHandlerContext) {
        let channel = context.channel
        deadline = context.eventLoop.scheduleTask(in: TimeAmount(timeout)) { channel.close(promise: nil) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted? = event as? TLSUserEvent { deadline?.cancel() }
        context.fireUserInboundEventTriggered(event)
    }

    func handlerRemoved(context: ChannelHandlerContext) { deadline?.cancel() }
}
