package import NIOCore

/// Takes a server out of the choice after 5 failures in a row, for a time that doubles with each ejection: 1 s up to 60 s, ± 20 %.
///
/// A failure is a call that got no answer in time or was answered UNAVAILABLE, or a connection that broke. A refusal is none.
package struct Ejection: Sendable {
    static let failuresInARow = 5
    static let first = Duration.seconds(1)
    static let longest = Duration.seconds(60)
    /// Calls that must succeed in a row before the next ejection is a first one again.
    static let successesToForget = 100

    private var failures = 0
    private var successes = 0
    private var ejections = 0
    private var end = NIODeadline.uptimeNanoseconds(0)

    package init() {}

    package func isEjected(at now: NIODeadline) -> Bool { now < end }

    package mutating func succeeded() {
        failures = 0
        guard ejections > 0 else { return }
        successes += 1
        if successes >= Ejection.successesToForget { ejections = 0 }
    }

    /// Counts a failure; true when the server must be ejected now, which `eject` does.
    package mutating func failed() -> Bool {
        successes = 0
        failures += 1
        return failures >= Ejection.failuresInARow
    }

    /// Ejects; returns the end of it. Not to be called for the last server that is left.
    package mutating func eject(at now: NIODeadline, using generator: inout some RandomNumberGenerator) -> NIODeadline {
        let time = min(Ejection.first * (1 << min(ejections, 16)), Ejection.longest)
        ejections += 1
        failures = 0
        end = now + TimeAmount(Backoff.jittered(time, percent: 20, using: &generator))
        return end
    }

    /// Another event loop of the client has ejected the server.
    package mutating func eject(until other: NIODeadline) {
        guard other > end else { return }
        ejections += 1
        failures = 0
        end = other
    }
}
