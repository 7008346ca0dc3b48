import Foundation
import NIOCore
import NIOPosix
import Support

@testable import Assistant

/// A server of chat completions that does what a test says: the language model is the one thing that tests play.
final class ScriptedModel: Sendable {
    /// What it does with a request.
    enum Act: Sendable {
        /// Answers with a text.
        case say(String)
        /// Answers with a status and a body of its own.
        case raw(status: Int, body: String)
        /// Answers after a while.
        case late(Duration, String)
        /// Closes the connection.
        case hangUp
    }

    /// More than any reply has.
    static let huge = String(repeating: "x", count: ChatCall.mostBytes + 1)

    let port: Int
    /// The bodies that were sent here.
    let requests = Shared<[String]>([])
    private let channel: any Channel

    convenience init(_ act: Act) async throws {
        try await self.init { _ in act }
    }

    /// - Parameter answer: what is done with a request's body.
    init(_ answer: @escaping @Sendable (String) -> Act) async throws {
        let requests = requests
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Connection(requests: requests, answer: answer))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
    }

    func close() async throws { try await channel.close() }

    /// The endpoint for this server.
    func endpoint(deadline: Duration = .seconds(5)) -> ChatEndpoint {
        var endpoint = ChatEndpoint(address: "http://127.0.0.1:\(port)/v1", model: "scripted")
        endpoint.deadline = deadline
        return endpoint
    }

    /// The body of a chat completion.
    static func completion(_ text: String) -> String {
        let quoted = String(decoding: (try? JSONEncoder().encode(text)) ?? Data("\"\"".utf8), as: UTF8.self)
        return
            #"{"id":"1","choices":[{"index":0,"message":{"role":"assistant","content":\#(quoted)}}],"usage":{"total_tokens":100}}"#
    }

    /// One connection: reads a request whole, answers it, closes.
    private final class Connection: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        let requests: Shared<[String]>
        let answer: @Sendable (String) -> Act
        var received = ""

        init(requests: Shared<[String]>, answer: @escaping @Sendable (String) -> Act) {
            self.requests = requests
            self.answer = answer
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            received += String(buffer: unwrapInboundIn(data))
            guard let end = received.range(of: "\r\n\r\n") else { return }
            let length = received[..<end.lowerBound].split(separator: "\r\n")
                .first { $0.lowercased().hasPrefix("content-length:") }
                .flatMap { Int($0.dropFirst(15).filter(\.isNumber)) }
            let body = String(received[end.upperBound...])
            guard body.utf8.count >= length ?? 0 else { return }
            requests.withLock { $0.append(body) }
            switch answer(body) {
            case .say(let text): reply(context, 200, ScriptedModel.completion(text))
            case .raw(let status, let body): reply(context, status, body)
            case .late(let pause, let text):
                let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
                context.eventLoop.scheduleTask(in: .init(pause)) {
                    let (connection, context) = bound.value
                    connection.reply(context, 200, ScriptedModel.completion(text))
                }
            case .hangUp: context.close(promise: nil)
            }
        }

        private func reply(_ context: ChannelHandlerContext, _ status: Int, _ body: String) {
            let head =
                "HTTP/1.1 \(status) X\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
                + "Connection: close\r\n\r\n"
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: head + body)), promise: nil)
        }
    }
}
