import NIOCore
import Testing

@testable import RPC

/// Who may write next, by the order of frames and not by time.
@Suite struct OutboxTests {
    @Test func `a 4 MiB reply, pings, small replies and two streams alternate frame by frame`() throws {
        var outbox = Outbox(frameLimit: 64 * 1024)
        outbox.greet(maxFrame: 0, streamCredit: .max, connectionCredit: .max)
        let large = ByteBuffer(repeating: 1, count: 4 * 1024 * 1024)
        outbox.appendLarge(stream: 1, header: ByteBuffer(), message: large, isReply: true)
        for stream in [UInt32(3), 5] {
            outbox.open(stream)
            outbox.wants(stream)
        }
        var kinds: [String] = []
        for round in 0..<200 {
            outbox.append(.ping(UInt64(round)))
            outbox.append(Frame(.reply, flags: .last, stream: UInt32(101 + 2 * round)))
            kinds += drain(&outbox, once: true).map { "\($0.kind.rawValue)/\($0.stream)" }
        }
        // Between two fragments of the large reply there is never more than one frame of each stream, and everything small.
        let places = kinds.indices.filter { ["17/1", "18/1"].contains(kinds[$0]) }
        #expect(places.count == 64)
        for (one, next) in zip(places, places.dropFirst()) {
            let between = kinds[(one + 1)..<next]
            #expect(between.count { $0 == "17/3" } <= 1)
            #expect(between.count { $0 == "17/5" } <= 1)
            #expect(between.contains { $0.hasPrefix("2/") }, "no ping waits for more than one fragment")
        }
        #expect(kinds.count { $0 == "2/0" } == 200)
    }

    @Test func `a stream stops at its credit, cuts what does not fit and goes on with more`() throws {
        var outbox = Outbox(frameLimit: 64 * 1024)
        outbox.greet(maxFrame: 0, streamCredit: 1000, connectionCredit: 0)
        outbox.open(1)
        outbox.wants(1)
        #expect(outbox.nextTurn() == 1)
        outbox.put(ByteBuffer(repeating: 7, count: 1500), 1)
        var frames = drain(&outbox)
        #expect(frames.map(\.message.readableBytes) == [988])
        #expect(frames[0].flags == .more)
        #expect(outbox.nextTurn() == nil)
        #expect(outbox.waiting == 512)
        let accepted = outbox.credit(1, 524)
        #expect(accepted)
        #expect(outbox.nextTurn() == nil, "the rest goes out, then the credit is used up")
        frames = drain(&outbox)
        #expect(frames.map(\.message.readableBytes) == [512])
        #expect(frames[0].flags == [])
        #expect(outbox.waiting == 0)
    }

    @Test func `the connection's credit holds up all streams, and is given back when one of them ends`() {
        var outbox = Outbox(frameLimit: 64 * 1024)
        outbox.greet(maxFrame: 0, streamCredit: 1000, connectionCredit: 1500)
        for stream in [UInt32(1), 3] {
            outbox.open(stream)
            outbox.wants(stream)
        }
        #expect(outbox.nextTurn() == 1)
        outbox.put(ByteBuffer(repeating: 7, count: 988), 1)
        #expect(outbox.nextTurn() == 3)
        outbox.put(ByteBuffer(repeating: 7, count: 900), 3)
        #expect(outbox.nextTurn() == nil)
        #expect(drain(&outbox).map(\.message.readableBytes) == [988, 488])
        outbox.drop(stream: 1)
        _ = outbox.nextTurn()
        #expect(drain(&outbox).map(\.message.readableBytes) == [412])
    }

    @Test func `credit on stream 0 widens the connection alone`() {
        var outbox = Outbox(frameLimit: 64 * 1024)
        outbox.greet(maxFrame: 0, streamCredit: 1000, connectionCredit: 12)
        outbox.open(1)
        outbox.wants(1)
        #expect(outbox.nextTurn() == nil)
        let accepted = outbox.credit(0, 100)
        #expect(accepted)
        #expect(outbox.nextTurn() == 1)
    }

    @Test func `credit above 2³¹ − 1 is refused, and one for a stream that has ended is nothing`() {
        var outbox = Outbox(frameLimit: 64 * 1024)
        outbox.open(1)
        let outcomes = [
            outbox.credit(1, Int(Int32.max)), outbox.credit(0, Int(Int32.max)), outbox.credit(9, Int(Int32.max)),
        ]
        #expect(outcomes == [false, false, false], "the last because the connection's is too high already")
        var other = Outbox(frameLimit: 64 * 1024)
        let ended = other.credit(9, Int(Int32.max))
        #expect(ended)
    }

    @Test func `the end of a stream drops what is left of its message`() {
        var outbox = Outbox(frameLimit: 64 * 1024)
        outbox.greet(maxFrame: 0, streamCredit: 100, connectionCredit: 0)
        outbox.open(1)
        outbox.wants(1)
        #expect(outbox.nextTurn() == 1)
        outbox.put(ByteBuffer(repeating: 7, count: 10_000), 1)
        _ = drain(&outbox)
        outbox.drop(stream: 1)
        #expect(outbox.waiting == 0)
        #expect(outbox.nextTurn() == nil)
    }

    /// The frames that go out; every stream that has its turn writes 1 KiB.
    private func drain(_ outbox: inout Outbox, once: Bool = false) -> [Frame] {
        var frames: [Frame] = []
        let decoder = FrameDecoder(limits: Limits())
        while once, let stream = outbox.nextTurn() {
            outbox.put(ByteBuffer(repeating: 2, count: 1024), stream)
        }
        var bytes = ByteBuffer()
        while var piece = outbox.next() { bytes.writeBuffer(&piece) }
        do {
            while let frame = try decoder.next(from: &bytes) { frames.append(frame) }
        } catch {
            Issue.record(error)
        }
        #expect(bytes.readableBytes == 0, "frames go out whole")
        return frames
    }
}
