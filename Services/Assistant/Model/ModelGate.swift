import Synchronization

/// Lets calls through to a language model: a few at once, none while it keeps failing, none beyond the tokens of the day.
final class ModelGate: Sendable {
    /// Calls at once; a model on this machine answers one or two at a time.
    static let mostCalls = 8
    /// Failures in a row after which it is left alone for a while.
    static let mostFailures = 3
    /// How long, seconds.
    static let pauseSeconds: Int64 = 30

    /// Why a call is not made.
    enum Refusal: String, Sendable {
        case busy, paused, spent
    }

    private struct State {
        var calls = 0
        var failures = 0
        var pausedUntil: Int64 = 0
        var day: Int64 = 0
        var tokens = 0
    }

    private let dayTokens: Int
    private let state = Mutex(State())

    /// - Parameter dayTokens: tokens of a day (UTC) since this program started.
    init(dayTokens: Int) {
        self.dayTokens = dayTokens
    }

    /// Whether a call may be made now; nil: it may, and `leave` must follow.
    func enter(now: Int64) -> Refusal? {
        state.withLock { state in
            if state.day != now / 86_400 { (state.day, state.tokens) = (now / 86_400, 0) }
            if state.tokens >= dayTokens { return .spent }
            if now < state.pausedUntil { return .paused }
            if state.calls >= Self.mostCalls { return .busy }
            state.calls += 1
            return nil
        }
    }

    /// A call has ended.
    /// - Parameters:
    ///   - tokens: that it used.
    ///   - failed: no usable reply came.
    func leave(now: Int64, tokens: Int, failed: Bool) {
        state.withLock { state in
            state.calls -= 1
            state.tokens += tokens
            state.failures = failed ? state.failures + 1 : 0
            if state.failures >= Self.mostFailures {
                state.failures = 0
                state.pausedUntil = now + Self.pauseSeconds
            }
        }
    }
}
