import Contracts
import NIOCore
import RPC
import Support
import Testing
import Wire

/// What a server does with more calls than it can run, without sockets.
@Suite struct AdmissionTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `calls leave the queue by deadline, equal ones as they came, dead ones never`(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var queue = CallQueue<Int>(limit: 500)
        var dead: Set<Int> = []
        var alive: [(deadline: NIODeadline, number: Int)] = []
        for number in 0..<500 {
            let deadline = start + .milliseconds(Int64.random(in: 0..<50, using: &generator))
            queue.insert(number, deadline: deadline)
            alive.append((deadline, number))
        }
        #expect(queue.isFull)
        for number in 0..<500 where Int.random(in: 0..<3, using: &generator) > 0 {
            dead.insert(number)
            queue.buried { dead.contains($0) }
        }
        #expect(queue.count == 500 - dead.count)
        let expected = alive.filter { !dead.contains($0.number) }
            .sorted { ($0.deadline, $0.number) < ($1.deadline, $1.number) }.map(\.number)
        var left: [Int] = []
        while let next = queue.next(isDead: { dead.contains($0) }) { left.append(next.element) }
        #expect(left == expected, "seed \(seed)")
        #expect(queue.count == 0)
    }

    @Test func `a quiet server runs at once, one that was busy for a turn lets calls wait`() {
        var admission = Admission<Int>(limit: 10) { _ in false }
        let deadline = start + .seconds(1)
        #expect(decide(&admission, deadline, start, true) == .run)
        admission.ran(nanoseconds: 1_999_999)
        #expect(decide(&admission, deadline, start, true) == .run)
        admission.ran(nanoseconds: 1)
        #expect(decide(&admission, deadline, start, true) == .wait)
        admission.wait(1, deadline: deadline, now: start)
        #expect(isEndOfTurn(next(&admission, start)))
        admission.beginTurn()
        #expect(decide(&admission, deadline, start, true) == .wait, "one waits already")
        #expect(element(next(&admission, start)) == 1)
        #expect(decide(&admission, deadline, start, true) == .run)
    }

    @Test func `without a place calls wait, and the queue is bounded`() {
        var admission = Admission<Int>(limit: 3) { _ in false }
        let deadline = start + .seconds(1)
        for number in 0..<3 {
            #expect(decide(&admission, deadline, start, false) == .wait)
            admission.wait(number, deadline: deadline, now: start)
        }
        #expect(decide(&admission, deadline, start, false) == .refuse(pushback: 5))
        guard case .full = admission.next(now: start, hasRoom: false) else {
            Issue.record("no place, no call")
            return
        }
        #expect(element(next(&admission, start)) == 0)
        #expect(decide(&admission, deadline, start, false) == .wait)
    }

    @Test func `a call whose deadline passed in the queue is not run`() {
        var admission = Admission<Int>(limit: 3) { _ in false }
        admission.wait(1, deadline: start + .milliseconds(5), now: start)
        admission.wait(2, deadline: start + .milliseconds(50), now: start)
        guard case .late(1) = admission.next(now: start + .milliseconds(10), hasRoom: true) else {
            Issue.record("the first is late")
            return
        }
        #expect(element(next(&admission, start + .milliseconds(10))) == 2)
    }

    @Test func `a call that cannot come to its turn within half of its time is refused at once`() {
        var admission = Admission<Int>(limit: 1000) { _ in false }
        let far = start + .seconds(10)
        for number in 0..<200 { admission.wait(number, deadline: far, now: start) }
        // One call a millisecond leaves: 100 wait, and the next would wait for about 100 ms.
        var now = start
        for _ in 0..<100 {
            now = now + .milliseconds(1)
            _ = admission.next(now: now, hasRoom: true)
            admission.beginTurn()
        }
        #expect(decide(&admission, now + .milliseconds(300), now, true) == .wait)
        guard case .refuse(let pushback) = decide(&admission, now + .milliseconds(150), now, true)
        else {
            Issue.record("it would be run for nobody")
            return
        }
        #expect((50...150).contains(pushback))
    }

    @Test func `a reply's times are read as they are written, by hand and by protobuf-c`() throws {
        for value in [0, 1, 127, 128, 16_383, 16_384, 1 << 21, 1 << 28, UInt32.max] as [UInt32] {
            for times in [
                ReplyTimes(server: value, queue: 0, load: 1), ReplyTimes(server: 5, queue: value, load: 0),
                ReplyTimes(server: value, queue: value, load: value),
            ] {
                var bytes = ByteBuffer()
                times.write(to: &bytes)
                #expect(bytes.readableBytes == times.size)
                #expect(ReplyTimes(bytes) == times)
                let header = try Wire.decode(RPCHeaders.ReplyHeader.self, from: Array(buffer: bytes))
                #expect(
                    ReplyTimes(server: header.serverUs, queue: header.queueUs, load: header.load) == times)
                #expect(try Wire.encode(header) == Array(buffer: bytes))
            }
        }
        let error = try Wire.encode(RPCHeaders.ReplyHeader(code: 5, serverUs: 1))
        #expect(ReplyTimes(ByteBuffer(bytes: error)) == nil, "there is more in it")
        #expect(ReplyTimes(ByteBuffer(bytes: [0x30, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F])) == nil, "over 32 bits")
        #expect(ReplyTimes(ByteBuffer(bytes: [0x30, 0x80])) == nil, "cut")
    }

    @Test func `three pings in a row below the floor are too many, unless replies go between them`() {
        var guardian = PingGuard(limits: Limits())
        var now = start
        for _ in 0..<10 {
            now = now + .seconds(5)
            #expect(allows(&guardian, now), "as often as the floor allows")
        }
        for expected in [true, true, false] {
            now = now + .seconds(1)
            #expect(allows(&guardian, now) == expected)
        }
        var busy = PingGuard(limits: Limits())
        for _ in 0..<100 {
            now = now + .milliseconds(100)
            #expect(allows(&busy, now))
            busy.answered()
        }
        var flood = PingGuard(limits: Limits())
        var allowed = 0
        for _ in 0..<1000 {
            flood.answered()
            if allows(&flood, now) { allowed += 1 }
        }
        #expect(allowed == 200, "whatever goes between them")
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `an adaptive limit settles a little above what keeps the server busy`(_ seed: UInt64) {
        // Two workers, 1 ms a call: 2 calls in flight keep them busy, and more than that only wait.
        var generator = SeededGenerator(seed: seed)
        var limit = AdaptiveLimit(most: 1000, now: start)
        var now = start
        var limits: [Int] = []
        for _ in 0..<20_000 {
            now = now + .microseconds(500)
            // Little's law: with so many in flight a call takes that long.
            let latency = Double(max(2, limit.limit)) * 500 * Double.random(in: 0.9...1.1, using: &generator)
            limit.ended(at: now, latency: .microseconds(Int64(latency)))
            limits.append(limit.limit)
        }
        let settled = limits.suffix(5_000)
        #expect(settled.allSatisfy { $0 <= 60 }, "seed \(seed): \(settled.max() ?? 0)")
        #expect(settled.allSatisfy { $0 >= 8 })
    }

    private func allows(_ guardian: inout PingGuard, _ now: NIODeadline) -> Bool { guardian.allowsPing(at: now) }

    private func next(_ admission: inout Admission<Int>, _ now: NIODeadline) -> Admission<Int>.Next {
        admission.next(now: now, hasRoom: true)
    }

    private func decide(
        _ admission: inout Admission<Int>, _ deadline: NIODeadline, _ now: NIODeadline, _ hasRoom: Bool
    ) -> Admission<Int>.Decision {
        admission.decide(deadline: deadline, now: now, hasRoom: hasRoom)
    }

    private func element(_ next: Admission<Int>.Next) -> Int? {
        if case .run(let element) = next { return element }
        return nil
    }

    private func isEndOfTurn(_ next: Admission<Int>.Next) -> Bool {
        if case .endOfTurn = next { return true }
        return false
    }
}
