import NIOCore
import NIOHTTP1

/// One connection of the operations port: one GET or HEAD, one answer, closed.
final class OperationsHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// From the accepted connection to its end: a scraper on the same network needs milliseconds.
    static let lifetime = TimeAmount.seconds(10)
    /// Longest path and query; the longest path here has 8 bytes.
    static let maxTargetBytes = 256

    private let pages: OperationsPages
    private var head: HTTPRequestHead?
    private var hasBody = false
    private var deadline: Scheduled<Void>?

    init(pages: OperationsPages) {
        self.pages = pages
    }

    func channelActive(context: ChannelHandlerContext) {
        let channel = context.channel
        deadline = context.eventLoop.scheduleTask(in: Self.lifetime) { channel.close(promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body: hasBody = true
        case .end:
            guard let head else { return }
            answer(head, context: context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func answer(_ head: HTTPRequestHead, context: ChannelHandlerContext) {
        let reply = reply(to: head)
        var headers = HTTPHeaders()
        headers.add(name: "content-type", value: reply.contentType)
        headers.add(name: "content-length", value: "\(reply.body.utf8.count)")
        headers.add(name: "cache-control", value: "no-store")
        headers.add(name: "connection", value: "close")
        if reply.status == .methodNotAllowed { headers.add(name: "allow", value: "GET, HEAD") }
        let start = HTTPResponseHead(version: .http1_1, status: reply.status, headers: headers)
        context.write(wrapOutboundOut(.head(start)), promise: nil)
        if head.method != .HEAD {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: reply.body)))), promise: nil)
        }
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in channel.close(promise: nil) }
    }

    private func reply(to head: HTTPRequestHead) -> OperationsReply {
        guard head.method == .GET || head.method == .HEAD else {
            return OperationsReply(.methodNotAllowed, body: "Only GET and HEAD are served here.\n")
        }
        guard head.uri.utf8.count <= Self.maxTargetBytes else {
            return OperationsReply(.uriTooLong, body: "The target is too long.\n")
        }
        guard !hasBody else { return OperationsReply(.payloadTooLarge, body: "No body is taken here.\n") }
        return pages.reply(to: String(head.uri.prefix { $0 != "?" }))
    }
}
