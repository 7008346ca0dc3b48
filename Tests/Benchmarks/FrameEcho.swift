import CMeasure
import Foundation
import NIOCore
import NIOPosix

/// What SwiftNIO alone makes of frames of 12 bytes and a payload: no protobuf, no calls, no deadlines. Nothing built on it is faster.
enum FrameEcho {
    static func serve() async throws {
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup(numberOfThreads: 1))
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        FrameHandler { frame, _, out in out.writeBuffer(&frame) })
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        print(listener.localAddress?.port ?? 0)
        fflush(nil)
        try await listener.closeFuture.get()
    }

    static func load(_ arguments: PeerLoad.Arguments) async throws {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup(numberOfThreads: 1))
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    var begun = [UInt64](repeating: 0, count: arguments.inFlight)
                    let payload = [UInt8](repeating: 0x78, count: arguments.size)
                    var hasEnded = false
                    func send(_ stream: UInt32, _ out: inout ByteBuffer) {
                        begun[Int(stream)] = measure_now()
                        out.writeMultipleIntegers(UInt32(payload.count), UInt32(0), stream, endianness: .little)
                        out.writeBytes(payload)
                    }
                    let handler = FrameHandler { frame, context, out in
                        guard !hasEnded,
                            let stream: UInt32 = frame.getInteger(at: frame.readerIndex + 8, endianness: .little)
                        else { return }
                        hasEnded = !measure_record(begun[Int(stream)])
                        if hasEnded { context.close(promise: nil) } else { send(stream, &out) }
                    }
                    handler.onActive = { out in
                        measure_begin(arguments.serverProcess, arguments.seconds)
                        for stream in 0..<UInt32(arguments.inFlight) { send(stream, &out) }
                    }
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .connect(host: "127.0.0.1", port: arguments.port).get()
        try await channel.closeFuture.get()
        measure_print()
    }
}

/// Cuts frames and writes what is answered with one flush a read.
private final class FrameHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let onFrame: (inout ByteBuffer, ChannelHandlerContext, inout ByteBuffer) -> Void
    var onActive: ((inout ByteBuffer) -> Void)?
    private var inbound = ByteBuffer()
    private var outbound = ByteBuffer()

    init(onFrame: @escaping (inout ByteBuffer, ChannelHandlerContext, inout ByteBuffer) -> Void) {
        self.onFrame = onFrame
    }

    func channelActive(context: ChannelHandlerContext) {
        onActive?(&outbound)
        flush(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        if inbound.readableBytes == 0 {
            inbound = bytes
        } else {
            inbound.discardReadBytes()
            inbound.writeBuffer(&bytes)
        }
        while let length: UInt32 = inbound.getInteger(at: inbound.readerIndex, endianness: .little),
            var frame = inbound.readSlice(length: 12 + Int(length))
        {
            onFrame(&frame, context, &outbound)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) { flush(context) }

    private func flush(_ context: ChannelHandlerContext) {
        guard outbound.readableBytes > 0 else { return }
        context.writeAndFlush(wrapOutboundOut(outbound), promise: nil)
        outbound = ByteBuffer()
    }
}
