import NIOCore
import NIOHTTP1
import NIOPosix

/// Asks the operations port of a running program, or another small HTTP server nearby: one request, one connection.
package struct OperationsProbe: Sendable {
    /// How long connecting and answering may take, each.
    static let timeout = TimeAmount.seconds(3)
    /// Longest answer that is read; `/metrics` of a busy program is smaller.
    static let maxBodyBytes = 4 * 1024 * 1024

    private let address: HostPort

    package init(address: HostPort) {
        self.address = address
    }

    /// - Throws: what the connection failed with; `ChannelError` when there was no whole answer in time.
    package func get(_ path: String) async throws -> OperationsReply { try await ask(path, nil) }

    /// Sends JSON.
    /// - Throws: as `get`.
    package func post(_ path: String, json: [UInt8]) async throws -> OperationsReply { try await ask(path, json) }

    private func ask(_ path: String, _ json: [UInt8]?) async throws -> OperationsReply {
        let host = address.description
        let group = MultiThreadedEventLoopGroup.singleton
        let answer = group.next().makePromise(of: OperationsReply.self)
        let bootstrap = ClientBootstrap(group: group)
            .connectTimeout(Self.timeout)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    let handler = ProbeHandler(path: path, json: json, host: host, answer: answer)
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
        do {
            _ = try await bootstrap.connect(host: address.host, port: address.port).get()
        } catch {
            answer.fail(error)
        }
        return try await answer.futureResult.get()
    }
}

/// Sends one request and keeps its promise with the whole answer, or with an error when the connection ends before.
private final class ProbeHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let path: String
    private let json: [UInt8]?
    private let host: String
    private let answer: EventLoopPromise<OperationsReply>
    private var reply: OperationsReply?

    init(path: String, json: [UInt8]?, host: String, answer: EventLoopPromise<OperationsReply>) {
        self.path = path
        self.json = json
        self.host = host
        self.answer = answer
    }

    func channelActive(context: ChannelHandlerContext) {
        var headers: HTTPHeaders = ["host": host, "connection": "close"]
        if let json {
            headers.add(name: "content-type", value: "application/json")
            headers.add(name: "content-length", value: "\(json.count)")
        }
        let method: HTTPMethod = json == nil ? .GET : .POST
        let head = HTTPRequestHead(version: .http1_1, method: method, uri: path, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if let json {
            let body = context.channel.allocator.buffer(bytes: json)
            context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        let channel = context.channel
        context.eventLoop.scheduleTask(in: OperationsProbe.timeout) { channel.close(promise: nil) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            let type = head.headers.first(name: "content-type") ?? ""
            reply = OperationsReply(head.status, contentType: type, body: "")
        case .body(let part):
            reply?.body += String(buffer: part)
            if let reply, reply.body.utf8.count > OperationsProbe.maxBodyBytes { context.close(promise: nil) }
        case .end:
            if let reply { answer.succeed(reply) }
            context.close(promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        answer.fail(error)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        answer.fail(ChannelError.eof)
    }
}
