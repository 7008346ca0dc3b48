import NIOCore
import RPC
import Testing
import Wire

/// Clients that cost much and break no rule, against the server's state machine alone.
@Suite struct FloodTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)
    private static let header: [UInt8] = [0x0D, 1, 2, 3, 4]

    private static func call(_ stream: UInt32) -> [UInt8] {
        HostilePeerTests.frame(0x10, flags: 1, header: header, stream: stream)
    }

    private static func cancel(_ stream: UInt32) -> [UInt8] {
        HostilePeerTests.frame(0x13, stream: stream, payload: [1, 0])
    }

    /// A connection on which every call's handler suspends and none ends by itself.
    private struct Connection {
        var machine: ServerStateMachine<UInt32>
        var begun: [UInt32] = []
        var refused: [UInt32] = []
        var cancelled: [UInt32] = []
        var calmed = 0

        init(_ limits: Limits, now: NIODeadline) {
            machine = ServerStateMachine(limits: limits, now: now)
            feed(HostilePeerTests.greeting, now)
        }

        mutating func feed(_ bytes: [UInt8], _ now: NIODeadline) {
            var buffer = ByteBuffer(bytes: bytes)
            while true {
                switch machine.receive(&buffer, now: now) {
                case .needBytes: return
                case .begin(let stream, _, _, let deadline):
                    begun.append(stream)
                    machine.started(stream, stream, bytes: 0, deadline: deadline)
                case .refuse(let stream, _, _): refused.append(stream)
                case .cancel(let call, _): cancelled.append(call)
                case .calm: calmed += 1
                default: continue
                }
            }
        }
    }

    @Test func `calls that are cancelled as soon as they are made take no more slots than there are`() {
        var limits = Limits()
        limits.streams = 10
        var connection = Connection(limits, now: start)
        for stream in stride(from: UInt32(1), to: 101, by: 2) {
            connection.feed(Self.call(stream) + Self.cancel(stream), start)
        }
        #expect(connection.begun.count == 10, "the handlers of the first ten still run")
        #expect(connection.cancelled.count == 10)
        #expect(connection.refused.count == 40)
        connection.machine.finished(1)
        connection.feed(Self.call(101), start)
        #expect(connection.begun.last == 101)
    }

    @Test func `a hundred cancellations a second are borne, one more is too many`() {
        var connection = Connection(Limits(), now: start)
        var stream: UInt32 = 1
        for second in 0..<3 {
            for _ in 0..<100 {
                let now = start + .seconds(Int64(second))
                connection.feed(Self.call(stream) + Self.cancel(stream), now)
                connection.machine.finished(stream)
                stream += 2
            }
        }
        #expect(connection.calmed == 0)
        connection.feed(Self.call(stream) + Self.cancel(stream), start + .seconds(2))
        #expect(connection.calmed == 1)
    }

    @Test func `a cancellation that crosses the reply is no rapid reset`() {
        var connection = Connection(Limits(), now: start)
        for stream in stride(from: UInt32(1), to: 1001, by: 2) {
            connection.feed(Self.call(stream), start)
            connection.machine.finished(stream)
            connection.feed(Self.cancel(stream), start)
        }
        #expect(connection.calmed == 0)
        #expect(connection.begun.count == 500)
    }

    @Test func `pings and empty frames are borne while they are few`() {
        let ping = HostilePeerTests.frame(0x02, payload: Array(1...8))
        var connection = Connection(Limits(), now: start)
        for number in 0..<100 { connection.feed(ping, start + .seconds(Int64(6 * number))) }
        #expect(connection.calmed == 0)
        for number in 0..<4 { connection.feed(ping, start + .seconds(600) + .milliseconds(Int64(number))) }
        #expect(connection.calmed > 0)
        var empty = Connection(Limits(), now: start)
        empty.feed(HostilePeerTests.frame(0x10, flags: 2, header: Self.header, stream: 1), start)
        for _ in 0..<300 { empty.feed(HostilePeerTests.frame(0x11, flags: 2, stream: 1), start) }
        #expect(empty.calmed > 0)
    }
}
