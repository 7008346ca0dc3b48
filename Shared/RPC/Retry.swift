package import NIOCore

/// The tries of one call: what happened so far, and whether there is another.
///
/// - A call that was provably not run is tried once more at once, elsewhere if there is an elsewhere, else after the server's pushback.
///   After a refusal by overload this draws on the budget; after a DRAIN it is free.
/// - A call that may have run is tried again only if its method is idempotent or it has an idempotency key; with backoff, from the budget.
/// - Nothing is tried when the wait would end after the deadline.
package struct Retry: Sendable {
    /// How a try ended without a reply.
    package enum Failure: Sendable, Equatable {
        /// The server did not run it. Pushback in milliseconds; below 0: do not try again.
        case notRun(ServiceError, pushback: Int32, hasElsewhere: Bool)
        /// The server answered with an error; what it advises is the error's `retryAfter`.
        case answered(ServiceError)
        /// The server answered with an error and forbids another try.
        case final(ServiceError)
        /// The connection broke under it.
        case lost(ServiceError)
        /// It was not sent: no connection.
        case unreachable(ServiceError)
        /// The deadline, the caller, or a limit of the client ended it.
        case ended(ServiceError)

        /// What the caller is told when there is no other try.
        package var error: ServiceError {
            switch self {
            case .notRun(let error, _, _), .answered(let error), .final(let error), .lost(let error),
                .unreachable(let error), .ended(let error):
                error
            }
        }
    }

    package enum Verdict: Sendable, Equatable {
        /// Another try after this time, if possible not where the last one was.
        case again(after: Duration)
        case giveUp(ServiceError)
    }

    private let policy: RetryPolicy
    private let mayRepeat: Bool
    private let deadline: NIODeadline
    /// The number of the current try, from 0.
    package private(set) var attempt = 0
    private var repeats = 0
    private var hasRetriedRefusal = false
    /// An earlier try may have run.
    package private(set) var mayHaveRun = false

    /// - Parameter mayRepeat: the method is idempotent, or the call has an idempotency key.
    package init(policy: RetryPolicy, mayRepeat: Bool, deadline: NIODeadline) {
        self.policy = policy
        self.mayRepeat = mayRepeat
        self.deadline = deadline
    }

    /// Says what to do after a try failed.
    package mutating func verdict(
        on failure: Failure, budget: inout RetryBudget, now: NIODeadline,
        using generator: inout some RandomNumberGenerator
    ) -> Verdict {
        switch failure {
        case .ended(let error), .final(let error): return giveUp(error)
        case .unreachable(let error):
            // On the first try this is the answer: a caller that can wait says so with `waitForReady`.
            return attempt == 0 ? giveUp(error) : repeated(error, &budget, now, &generator)
        case .notRun(let error, let pushback, let hasElsewhere):
            guard pushback >= 0 else { return giveUp(error) }
            let wait = hasElsewhere ? Duration.zero : .milliseconds(Int(pushback))
            guard !hasRetriedRefusal else {
                return repeated(error, &budget, now, &generator, least: .milliseconds(Int(pushback)))
            }
            hasRetriedRefusal = true
            return again(after: wait, else: error, now, isFree: error.kind != .resourceExhausted, &budget)
        case .lost(let error): return repeated(error, &budget, now, &generator)
        case .answered(let error):
            guard error.kind == .unavailable else { return giveUp(error) }
            return repeated(error, &budget, now, &generator, least: error.retryAfter ?? .zero)
        }
    }

    private mutating func repeated(
        _ error: ServiceError, _ budget: inout RetryBudget, _ now: NIODeadline,
        _ generator: inout some RandomNumberGenerator, least: Duration = .zero
    ) -> Verdict {
        guard mayRepeat, repeats + 1 < policy.attempts else { return giveUp(error) }
        let backoff = min(policy.backoff * (1 << min(repeats, 16)), policy.longestBackoff)
        repeats += 1
        let wait = max(least, Backoff.jittered(backoff, percent: 20, using: &generator))
        return again(after: wait, else: error, now, isFree: false, &budget)
    }

    private mutating func again(
        after wait: Duration, else error: ServiceError, _ now: NIODeadline, isFree: Bool, _ budget: inout RetryBudget
    ) -> Verdict {
        guard now + TimeAmount(wait) < deadline, isFree || budget.take(at: now) else { return giveUp(error) }
        mayHaveRun = mayHaveRun || error.mayHaveRun
        attempt += 1
        return .again(after: wait)
    }

    /// An error of the last try must not hide that an earlier one may have run.
    private func giveUp(_ error: ServiceError) -> Verdict {
        var error = error
        error.mayHaveRun = error.mayHaveRun || mayHaveRun
        return .giveUp(error)
    }
}
