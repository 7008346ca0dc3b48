import Contracts
import Foundation
import NIOCore
import NIOPosix
import RPC
import Wire

/// What 5 000 connections that do nothing cost a server in memory. `Tests/Benchmarks/run rpc-idle`. Each has said HELLO and made one call.
enum IdleBenchmark {
    static let connections = 5000

    static func run() async throws {
        try raiseDescriptorLimit()
        let server = try ServerProcess(arguments: ["rpc-stress-serve"])
        defer { server.stop() }
        let port = try server.readInt()
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        // The first connections bring what the process needs once.
        _ = try await open(100, port: port, group: group)
        let before = try server.ask("kib")
        let channels = try await open(connections, port: port, group: group)
        let after = try server.ask("kib")
        print("idle connections | server KiB before | after | KiB each")
        print(
            String(
                format: "%16d | %17.0f | %5.0f | %.1f", channels.count, before, after,
                (after - before) / Double(channels.count)))
    }

    private static func open(_ count: Int, port: Int, group: MultiThreadedEventLoopGroup) async throws -> [any Channel]
    {
        var greeting = ByteBuffer(bytes: FrameDecoder.preface)
        let hello = try Wire.encode(RPCHeaders.Hello(minVersion: 1, maxVersion: 1))
        greeting.writeFrame(Frame(.hello, message: ByteBuffer(bytes: hello)))
        let header = try Wire.encode(RPCHeaders.CallHeader(method: StressServer.sleep.id))
        greeting.writeFrame(Frame(.call, flags: .last, stream: 1, header: ByteBuffer(bytes: header)))
        var channels: [any Channel] = []
        for _ in 0..<count {
            let (replied, promise) = AsyncStream.makeStream(of: Void.self)
            let channel = try await ClientBootstrap(group: group)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(ReplyWatch(promise))
                    }
                }
                .connect(host: "127.0.0.1", port: port).get()
            try await channel.writeAndFlush(greeting).get()
            for await _ in replied { break }
            channels.append(channel)
        }
        return channels
    }

    private static func raiseDescriptorLimit() throws {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = limit.rlim_max
        guard setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur > 6000 else {
            throw ServerProcess.Failed(reason: "5 000 connections need more descriptors than this shell may open")
        }
    }
}

/// Tells when the REPLY has come: HELLO has 12 bytes and more, the reply another 12.
private final class ReplyWatch: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let promise: AsyncStream<Void>.Continuation
    private var received = ByteBuffer()
    private let decoder = FrameDecoder(limits: Limits())

    init(_ promise: AsyncStream<Void>.Continuation) { self.promise = promise }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        received.writeBuffer(&bytes)
        do {
            while let frame = try decoder.next(from: &received) {
                if frame.kind == .reply { promise.finish() }
            }
        } catch {
            context.close(promise: nil)
        }
        received = ByteBuffer()
    }

    func channelInactive(context: ChannelHandlerContext) { promise.finish() }
}
