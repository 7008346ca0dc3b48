import NIOCore
import RPC
import Support
import Testing

/// The choice of a server, without sockets: time and chance are parameters.
@Suite struct BalancingTests {
    /// Servers in a simulation: each call takes its server's time; calls come at a steady rate.
    private struct Fleet {
        var loads: [EndpointLoad]
        var milliseconds: [Int64]
        var counts: [Int]
        private var open: [(server: Int, begun: NIODeadline, end: NIODeadline)] = []

        init(_ milliseconds: [Int64]) {
            self.milliseconds = milliseconds
            loads = milliseconds.map { _ in EndpointLoad() }
            counts = milliseconds.map { _ in 0 }
        }

        /// `calls` calls, one every `gap`; a server that takes -1 ms never answers.
        mutating func run(
            _ calls: Int, every gap: TimeAmount, from start: NIODeadline, using generator: inout SeededGenerator
        ) -> NIODeadline {
            var now = start
            for _ in 0..<calls {
                now = now + gap
                for call in open where call.end <= now {
                    loads[call.server].answered(at: call.end, since: call.begun, load: nil)
                }
                open.removeAll { $0.end <= now }
                let loads = loads
                let chosen = Balancer.choose(
                    of: loads.count, where: { _ in true }, cost: { loads[$0].cost(at: now) }, using: &generator)
                guard let chosen else { continue }
                counts[chosen] += 1
                self.loads[chosen].began(at: now)
                let time = milliseconds[chosen]
                open.append((chosen, now, time < 0 ? .distantFuture : now + .milliseconds(time)))
            }
            return now
        }
    }

    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `equal servers get about equal shares`(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var fleet = Fleet([2, 2, 2])
        _ = fleet.run(30_000, every: .microseconds(100), from: start, using: &generator)
        for count in fleet.counts { #expect((8_500...11_500).contains(count), "seed \(seed): \(fleet.counts)") }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `a server ten times slower gets less than a tenth`(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var fleet = Fleet([2, 2, 20])
        _ = fleet.run(30_000, every: .microseconds(100), from: start, using: &generator)
        #expect(fleet.counts[2] < 3_000, "seed \(seed): \(fleet.counts)")
        #expect(fleet.counts[2] > 10, "it is still tried: \(fleet.counts)")
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `a server that stops answering keeps but a handful of calls`(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var fleet = Fleet([2, 2, 2])
        let now = fleet.run(3_000, every: .microseconds(100), from: start, using: &generator)
        fleet.milliseconds[1] = -1
        let before = fleet.counts[1]
        _ = fleet.run(30_000, every: .microseconds(100), from: now, using: &generator)
        #expect(fleet.counts[1] - before < 60, "seed \(seed): \(fleet.counts)")
    }

    @Test func `one call finds out what an unknown server takes, the others go where it is known`() {
        var fresh = EndpointLoad()
        #expect(fresh.cost(at: start) == 0)
        fresh.began(at: start)
        var known = EndpointLoad()
        for step in 0..<100 {
            let begun = start + .milliseconds(Int64(step))
            known.began(at: begun)
            known.answered(at: begun + .milliseconds(1), since: begun, load: nil)
        }
        #expect(fresh.cost(at: start) > known.cost(at: start + .milliseconds(101)))
    }

    @Test func `calls of other clients count, as the server's replies tell`() {
        var quiet = EndpointLoad()
        var busy = EndpointLoad()
        for step in 0..<50 {
            let begun = start + .milliseconds(Int64(step))
            quiet.began(at: begun)
            quiet.answered(at: begun + .milliseconds(1), since: begun, load: 1)
            busy.began(at: begun)
            busy.answered(at: begun + .milliseconds(1), since: begun, load: 40)
        }
        let now = start + .milliseconds(60)
        #expect(busy.cost(at: now) > 20 * quiet.cost(at: now))
    }

    @Test func `what was learnt fades, so that a server that was slow is tried again`() {
        var load = EndpointLoad()
        load.began(at: start)
        load.answered(at: start + .seconds(10), since: start, load: nil)
        let then = load.cost(at: start + .seconds(10))
        #expect(load.cost(at: start + .seconds(110)) < then / 10)
    }

    @Test func `a server whose first call met a hiccup soon has its share again`() {
        var generator = SeededGenerator(seed: 9)
        var fleet = Fleet([2, 2, 2000])
        var now = fleet.run(2_000, every: .milliseconds(1), from: start, using: &generator)
        fleet.milliseconds[2] = 2
        now = fleet.run(20_000, every: .microseconds(500), from: now, using: &generator)
        let before = fleet.counts
        _ = fleet.run(3_000, every: .microseconds(500), from: now, using: &generator)
        #expect(fleet.counts[2] - before[2] > 500, "\(before) \(fleet.counts)")
    }

    @Test func `only servers that can take a call are chosen, and none if there is none`() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<1000 {
            let chosen = Balancer.choose(
                of: 5, where: { $0 == 1 || $0 == 3 }, cost: { Double($0) }, using: &generator)
            #expect(chosen == 1, "the cheaper of the two")
        }
        let none = Balancer.choose(of: 3, where: { _ in false }, cost: { _ in 0 }, using: &generator)
        #expect(none == nil)
        let only = Balancer.choose(of: 3, where: { $0 == 2 }, cost: { _ in 0 }, using: &generator)
        #expect(only == 2)
    }

    @Test func `five failures in a row eject, for a time that doubles, and a success in between clears them`() {
        var generator = SeededGenerator(seed: 1)
        var ejection = Ejection()
        for _ in 0..<3 {
            for _ in 0..<4 { isDue(&ejection, false) }
            ejection.succeeded()
        }
        var now = start
        var expected = 1.0
        for _ in 0..<10 {
            for _ in 0..<4 { isDue(&ejection, false) }
            isDue(&ejection, true)
            let end = ejection.eject(at: now, using: &generator)
            let seconds = Double((end - now).nanoseconds) / 1e9
            #expect((expected * 0.79...expected * 1.21).contains(seconds), "\(seconds) s instead of \(expected) s")
            #expect(ejection.isEjected(at: now))
            #expect(!ejection.isEjected(at: end))
            now = end
            expected = min(expected * 2, 60)
        }
        for _ in 0..<100 { ejection.succeeded() }
        for _ in 0..<5 { _ = ejection.failed() }
        let end = ejection.eject(at: now, using: &generator)
        #expect(end - now < .seconds(2), "long good conduct is remembered")
    }

    /// One more failure.
    private func isDue(_ ejection: inout Ejection, _ expected: Bool) {
        let due = ejection.failed()
        #expect(due == expected)
    }

    @Test func `a backoff grows by 1.6 up to its longest, each more or less by a fifth`() {
        var generator = SeededGenerator(seed: 3)
        var backoff = Backoff(first: .milliseconds(200), longest: .seconds(5))
        var expected = Duration.milliseconds(200)
        for _ in 0..<50 {
            let wait = backoff.next(using: &generator)
            #expect(wait >= expected * 8 / 10 && wait <= expected * 12 / 10)
            expected = min(expected * 16 / 10, .seconds(5))
        }
        backoff.reset()
        let first = backoff.next(using: &generator)
        #expect(first <= .milliseconds(240))
    }
}
