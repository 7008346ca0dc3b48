import Support
import Testing

@testable import Gateway

@Suite("Rates")
struct RateLimiterTests {
    private let subject = RateLimiter.Subject.network("192.0.2.0/24")

    @Test("A bucket holds a minute's requests and is filled evenly")
    func bucket() {
        let limiter = RateLimiter()
        for left in (0..<30).reversed() {
            let verdict = limiter.take(subject, quota: 30, now: 1_000)
            #expect(!verdict.isRefused && verdict.remaining == left)
        }
        let refused = limiter.take(subject, quota: 30, now: 1_000)
        #expect(refused.isRefused && refused.remaining == 0 && refused.seconds == 2)
        #expect(limiter.take(subject, quota: 30, now: 1_001).isRefused)
        #expect(!limiter.take(subject, quota: 30, now: 1_002).isRefused)
        #expect(limiter.take(subject, quota: 30, now: 1_002).isRefused)
        #expect(limiter.take(subject, quota: 30, now: 5_000).remaining == 29)
    }

    @Test("Everybody has a bucket of his own, and a clock that goes back gives nothing away")
    func apart() {
        let limiter = RateLimiter()
        #expect(!limiter.take(subject, quota: 1, now: 100).isRefused)
        #expect(limiter.take(subject, quota: 1, now: 50).isRefused)
        #expect(!limiter.take(.credential(7), quota: 1, now: 100).isRefused)
        #expect(!limiter.take(.network("198.51.100.0/24"), quota: 1, now: 100).isRefused)
    }

    @Test("In any minute nobody gets more than two minutes' worth, whatever the pattern")
    func property() {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let limiter = RateLimiter()
        var granted: [Int] = []
        var now = 0
        for _ in 0..<5_000 {
            now += Int.random(in: 0...2, using: &generator) == 0 ? Int.random(in: 0...20, using: &generator) : 0
            if !limiter.take(subject, quota: 40, now: now).isRefused { granted.append(now) }
        }
        for start in Set(granted) {
            let inMinute = granted.filter { (start..<start + 60).contains($0) }.count
            #expect(inMinute <= 80, "seed \(seed)")
        }
    }
}
