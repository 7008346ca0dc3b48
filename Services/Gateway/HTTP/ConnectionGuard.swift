import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Closes a connection that sends a request too slowly, or does not read its reply (slow HTTP attacks). It stands behind the
/// decoder and puts a listener before it, because a head that comes byte by byte never gets through the decoder.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let limits: EdgeLimits
    private var timer: RequestTimer
    private var requestDeadline: Scheduled<Void>?
    private var writeDeadline: Scheduled<Void>?

    init(limits: EdgeLimits) {
        self.limits = limits
        timer = RequestTimer(limits: limits)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        do {
            let listener = RawListener { [self] event in
                switch event {
                case .bytes: timer.bytesCame()
                case .readComplete: settle(context)
                }
            }
            try context.pipeline.syncOperations.addHandler(listener, position: .first)
        } catch {
            context.close(promise: nil)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: timer.headCame()
        case .body: break
        case .end: timer.requestEnded()
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        var isEnd = false
        if case .end = unwrapOutboundIn(data) { isEnd = true }
        context.write(data, promise: promise)
        guard isEnd else { return }
        timer.replyEnded()
        settle(context)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        writeDeadline?.cancel()
        writeDeadline = context.channel.isWritable ? nil : close(context, after: limits.writeTimeout)
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        stop()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { stop() }

    private func settle(_ context: ChannelHandlerContext) {
        switch timer.settle() {
        case .none: break
        case .stopWaiting:
            requestDeadline?.cancel()
            requestDeadline = nil
        case .wait(let time):
            requestDeadline?.cancel()
            requestDeadline = close(context, after: time)
        }
    }

    private func close(_ context: ChannelHandlerContext, after time: Duration) -> Scheduled<Void> {
        let channel = context.channel
        return context.eventLoop.scheduleTask(in: TimeAmount(time)) { channel.close(promise: nil) }
    }

    private func stop() {
        requestDeadline?.cancel()
        requestDeadline = nil
        writeDeadline?.cancel()
        writeDeadline = nil
    }
}

/// Says when bytes come in, whatever they are.
private final class RawListener: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    enum Event { case bytes, readComplete }

    private let tell: (Event) -> Void

    init(_ tell: @escaping (Event) -> Void) { self.tell = tell }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        tell(.bytes)
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        tell(.readComplete)
    }
}
