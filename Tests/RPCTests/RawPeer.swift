import NIOCore
import NIOPosix
import NIOSSL
import RPC

/// A client that sends whatever bytes it is told.
final class RawPeer {
    struct Closed: Error {}

    private let channel: any Channel
    private var iterator: AsyncStream<ByteBuffer>.Iterator
    private var received = ByteBuffer()

    /// - Parameter prepare: adds what stands between the socket and the bytes.
    init(
        port: Int, isReading: Bool = true, prepare: @escaping @Sendable (any Channel) throws -> Void = { _ in }
    ) async throws {
        let (stream, continuation) = AsyncStream.makeStream(of: ByteBuffer.self)
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: isReading)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try prepare(channel)
                    try channel.pipeline.syncOperations.addHandler(Inbox(continuation: continuation))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        iterator = stream.makeAsyncIterator()
    }

    /// What a server that has hung up does to a write is no failure of the test.
    func send(_ bytes: [UInt8]) async throws {
        // A server that does not read must not hold the test.
        guard channel.isWritable || bytes.count < 4096 else { return try await Task.sleep(for: .milliseconds(5)) }
        do {
            guard channel.isWritable else { return channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil) }
            try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
        } catch is IOError {
            return
        } catch ChannelError.ioOnClosedChannel {
            return
        } catch is NIOSSLError {
            return
        }
    }

    /// For a peer that did not read until now.
    func startReading() async throws { try await channel.setOption(.autoRead, value: true).get() }

    /// The next frame: its kind and payload.
    func nextFrame() async throws -> (kind: UInt8, payload: [UInt8]) {
        while true {
            if let length = received.getInteger(at: received.readerIndex, endianness: .little, as: UInt32.self),
                received.readableBytes >= 12 + Int(length), let prefix = received.readBytes(length: 12)
            {
                return (prefix[4], received.readBytes(length: Int(length)) ?? [])
            }
            guard var more = await iterator.next() else { throw Closed() }
            received.writeBuffer(&more)
        }
    }

    /// The next frame, whole.
    func next(_ decoder: FrameDecoder) async throws -> Frame {
        while true {
            if let frame = try decoder.next(from: &received) { return frame }
            guard var more = await iterator.next() else { throw Closed() }
            received.writeBuffer(&more)
        }
    }

    /// The payload of the next frame of this kind.
    func frame(_ kind: UInt8) async throws -> [UInt8] {
        while true {
            let next = try await nextFrame()
            if next.kind == kind { return next.payload }
        }
    }

    func untilClosed() async throws {
        while await iterator.next() != nil {}
    }

    func close() async throws {
        do { try await channel.close() } catch ChannelError.alreadyClosed { return }
    }
}

/// Hands what arrives to the test.
private final class Inbox: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let continuation: AsyncStream<ByteBuffer>.Continuation

    init(continuation: AsyncStream<ByteBuffer>.Continuation) { self.continuation = continuation }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { continuation.yield(unwrapInboundIn(data)) }

    func channelInactive(context: ChannelHandlerContext) { continuation.finish() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
