import NIOCore
import RPC
import Support
import Testing

/// Which calls are tried again, without sockets.
@Suite struct RetryTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)
    private let unavailable = ServiceError(.unavailable, "away")
    private let lost = ServiceError(.unavailable, "lost", mayHaveRun: true)

    /// The verdicts on a row of failures, 1 ms apart.
    private func verdicts(
        on failures: [Retry.Failure], mayRepeat: Bool, policy: RetryPolicy = RetryPolicy(),
        timeout: TimeAmount = .seconds(10), tokens: Int = 100
    ) -> [Retry.Verdict] {
        var budget = RetryBudget(now: start)
        for _ in tokens..<100 { _ = budget.take(at: start) }
        var retry = Retry(policy: policy, mayRepeat: mayRepeat, deadline: start + timeout)
        var generator = SeededGenerator(seed: 5)
        var now = start
        return failures.map { failure in
            now = now + .microseconds(1)
            return retry.verdict(on: failure, budget: &budget, now: now, using: &generator)
        }
    }

    @Test(arguments: [true, false])
    func `what was not run is tried once more, at once where there is an elsewhere`(_ mayRepeat: Bool) {
        let refusal = Retry.Failure.notRun(unavailable, pushback: 100, hasElsewhere: true)
        let verdicts = verdicts(on: [refusal, refusal], mayRepeat: mayRepeat, policy: .none)
        #expect(verdicts == [.again(after: .zero), .giveUp(unavailable)])
    }

    @Test func `with no elsewhere the server's pushback is honoured`() {
        let refusal = Retry.Failure.notRun(unavailable, pushback: 100, hasElsewhere: false)
        #expect(verdicts(on: [refusal], mayRepeat: false) == [.again(after: .milliseconds(100))])
        #expect(
            verdicts(on: [refusal], mayRepeat: false, timeout: .milliseconds(50)) == [.giveUp(unavailable)],
            "the deadline is sooner")
    }

    @Test func `a server may forbid another try`() {
        #expect(
            verdicts(on: [.notRun(unavailable, pushback: -1, hasElsewhere: true)], mayRepeat: true)
                == [.giveUp(unavailable)])
        #expect(verdicts(on: [.final(unavailable)], mayRepeat: true) == [.giveUp(unavailable)])
    }

    @Test func `a refusal by overload is tried again from the budget, one by a drain for free`() {
        let full = ServiceError(.resourceExhausted, "full")
        let overload = Retry.Failure.notRun(full, pushback: 0, hasElsewhere: true)
        let drain = Retry.Failure.notRun(unavailable, pushback: 0, hasElsewhere: true)
        #expect(verdicts(on: [overload], mayRepeat: false, tokens: 0) == [.giveUp(full)])
        #expect(verdicts(on: [overload], mayRepeat: false, tokens: 1) == [.again(after: .zero)])
        #expect(verdicts(on: [drain], mayRepeat: false, tokens: 0) == [.again(after: .zero)])
    }

    @Test func `a call that may have run is repeated only if it may be`() {
        #expect(verdicts(on: [.lost(lost)], mayRepeat: false) == [.giveUp(lost)])
        let verdicts = verdicts(on: [.lost(lost), .lost(lost), .lost(lost)], mayRepeat: true)
        #expect(verdicts.count == 3)
        guard case .again(let first) = verdicts[0], case .again(let second) = verdicts[1] else {
            Issue.record("three tries in all: \(verdicts)")
            return
        }
        #expect(first >= .milliseconds(16) && first <= .milliseconds(24))
        #expect(second >= .milliseconds(32) && second <= .milliseconds(48))
        #expect(verdicts[2] == .giveUp(lost))
    }

    @Test func `an error of the last try does not hide that an earlier one may have run`() {
        let verdicts = verdicts(
            on: [.lost(lost), .unreachable(unavailable), .unreachable(unavailable)], mayRepeat: true)
        #expect(verdicts.last == .giveUp(ServiceError(.unavailable, "away", mayHaveRun: true)))
    }

    @Test(arguments: ServiceError.Kind.allCases)
    func `of the server's own errors only UNAVAILABLE is tried again`(_ kind: ServiceError.Kind) {
        let error = ServiceError(kind, "no")
        let verdicts = verdicts(on: [.answered(error)], mayRepeat: true)
        if kind == .unavailable {
            #expect(verdicts != [.giveUp(error)])
        } else {
            #expect(verdicts == [.giveUp(error)])
        }
    }

    @Test func `the time that an error advises is waited for`() {
        let error = ServiceError(.unavailable, "soon", retryAfter: .seconds(2))
        #expect(verdicts(on: [.answered(error)], mayRepeat: true) == [.again(after: .seconds(2))])
        #expect(verdicts(on: [.answered(error)], mayRepeat: true, timeout: .seconds(1)) == [.giveUp(error)])
    }

    @Test func `a first try that finds no server, a deadline and a cancellation are answers`() {
        #expect(verdicts(on: [.unreachable(unavailable)], mayRepeat: true) == [.giveUp(unavailable)])
        let late = ServiceError(.deadlineExceeded, "late", mayHaveRun: true)
        #expect(verdicts(on: [.ended(late)], mayRepeat: true) == [.giveUp(late)])
    }

    @Test func `retries are a fifth of calls and ten a second`() {
        var budget = RetryBudget(now: start)
        var granted = 0
        while budget.take(at: start) { granted += 1 }
        #expect(granted == 100, "what is there at first")
        for _ in 0..<1000 { budget.called() }
        granted = 0
        while budget.take(at: start) { granted += 1 }
        #expect((199...200).contains(granted))
        granted = 0
        while budget.take(at: start + .seconds(3)) { granted += 1 }
        #expect((29...30).contains(granted))
        granted = 0
        while budget.take(at: start + .seconds(3_600)) { granted += 1 }
        #expect(granted == 1000, "no more than this can be saved up")
    }

    @Test(arguments: [11, 12, 13] as [UInt64])
    func `however failures come, tries end, never after the deadline, and a try that may have run is not forgotten`(
        _ seed: UInt64
    ) {
        var generator = SeededGenerator(seed: seed)
        let refusal = Retry.Failure.notRun(unavailable, pushback: 30, hasElsewhere: false)
        let failures: [Retry.Failure] = [
            refusal, .lost(lost), .answered(unavailable), .unreachable(unavailable),
            .notRun(unavailable, pushback: 0, hasElsewhere: true),
        ]
        for _ in 0..<2000 {
            var budget = RetryBudget(now: start)
            let mayRepeat = Bool.random(using: &generator)
            let deadline = start + .milliseconds(Int64.random(in: 0...200, using: &generator))
            var retry = Retry(policy: RetryPolicy(), mayRepeat: mayRepeat, deadline: deadline)
            var now = start
            var wasLost = 0
            for tries in 1... {
                guard let failure = failures.randomElement(using: &generator) else { return }
                if case .lost = failure { wasLost += 1 }
                let verdict = retry.verdict(on: failure, budget: &budget, now: now, using: &generator)
                if case .giveUp(let error) = verdict {
                    #expect(error.mayHaveRun == (wasLost > 0), "seed \(seed)")
                    break
                }
                guard case .again(let wait) = verdict else { return }
                #expect(mayRepeat || wasLost == 0, "seed \(seed)")
                now = now + TimeAmount(wait)
                #expect(now < deadline, "seed \(seed)")
                #expect(tries <= 4, "seed \(seed)")
            }
        }
    }
}
