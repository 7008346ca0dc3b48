import NIOCore
import NIOPosix

/// A connection that sends what no client would, and reads what comes until the other side closes.
struct RawConnection {
    private let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>

    init(port: Int) async throws {
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
    }

    /// Sends the parts with pauses between them; what came back until the other side closed, and after how long.
    func exchange(
        _ parts: [String], pause: Duration = .zero, patience: Duration = .seconds(8)
    ) async throws -> (text: String, took: Duration, closed: Bool) {
        let start = ContinuousClock.now
        return try await channel.executeThenClose { inbound, outbound in
            try await withThrowingTaskGroup(of: (String, Bool)?.self) { group in
                group.addTask {
                    for part in parts {
                        do { try await outbound.write(ByteBuffer(string: part)) } catch { break }
                        if pause > .zero { try await Task.sleep(for: pause) }
                    }
                    return nil
                }
                group.addTask {
                    var text = ""
                    do { for try await buffer in inbound { text += String(buffer: buffer) } } catch {
                        return (text, true)
                    }
                    return (text, true)
                }
                group.addTask {
                    try await Task.sleep(for: patience)
                    return ("", false)
                }
                while let result = try await group.next() {
                    guard let (text, closed) = result else { continue }
                    group.cancelAll()
                    return (text, ContinuousClock.now - start, closed)
                }
                return ("", ContinuousClock.now - start, false)
            }
        }
    }
}
