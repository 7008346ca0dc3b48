import Glibc
package import NIOCore

/// What a client knows of how busy one server is, from its own calls and from what replies say.
///
/// The cost of one more call is (calls that are there) × (time that a call takes). Calls that are there: the client's own, counted, and those
/// of others, from the `load` that the server put into its last replies. Time: a moving average of the round trips; but a server that has
/// calls and has been silent for longer than its average is held to be as slow as that silence, so a stopped process is avoided
/// long before a deadline shows it. What was learnt fades by half with each half second in which no call ended there, so that a server that was
/// slow is soon tried again.
package struct EndpointLoad: Sendable {
    /// Weight of one round trip in the average.
    static let weight = 0.125
    /// Nanoseconds in which what was learnt fades by half.
    static let halfLife = 0.5e9
    /// Nanoseconds that a call is held to take where none has ended yet: one call finds out, the others go elsewhere.
    static let unknown = 1e9

    /// Calls of this client that are open there.
    package private(set) var inFlight = 0
    /// Nanoseconds; 0: no call has ended yet.
    private var latency = 0.0
    private var others = 0.0
    private var sampledAt = NIODeadline.uptimeNanoseconds(0)
    /// With calls open: when the last of them began or ended.
    private var quietSince = NIODeadline.uptimeNanoseconds(0)

    package init() {}

    /// A call was sent.
    package mutating func began(at now: NIODeadline) {
        if inFlight == 0 { quietSince = now }
        inFlight += 1
    }

    /// A call was answered; `load`: the calls in flight on the server as its reply says, nil when it said nothing.
    package mutating func answered(at now: NIODeadline, since begun: NIODeadline, load: UInt32?) {
        let kept = kept(at: now)
        sample(Double((now - begun).nanoseconds), now)
        if let load { others = others * kept + max(0, Double(load) - Double(inFlight)) * (1 - kept) }
        left(at: now)
    }

    /// A call ended without an answer: cancelled, late or lost. That it took longer than the average is still news.
    package mutating func gaveUp(at now: NIODeadline, since begun: NIODeadline) {
        let elapsed = Double((now - begun).nanoseconds)
        if elapsed > latency { sample(elapsed, now) }
        inFlight -= 1
    }

    /// A call was not run: that says nothing of how long one takes.
    package mutating func refused(at now: NIODeadline) { left(at: now) }

    /// What one more call would cost; comparable with that of other servers of the same client.
    package func cost(at now: NIODeadline) -> Double {
        let calls = Double(inFlight) + others + 1
        guard latency > 0 else { return inFlight == 0 ? 0 : calls * EndpointLoad.unknown }
        let faded = latency * fading(at: now)
        let silence = inFlight == 0 ? 0 : Double((now - quietSince).nanoseconds)
        return calls * max(faded, silence)
    }

    private mutating func sample(_ nanoseconds: Double, _ now: NIODeadline) {
        let kept = latency == 0 ? 0 : kept(at: now)
        latency = max(1, latency * kept + nanoseconds * (1 - kept))
        sampledAt = now
    }

    /// The share of the average that outlives a new round trip: a server that was slow and is tried again is not held to be slow for a dozen
    /// tries more.
    private func kept(at now: NIODeadline) -> Double { (1 - EndpointLoad.weight) * fading(at: now) }

    private func fading(at now: NIODeadline) -> Double {
        exp2(-max(0, Double((now - sampledAt).nanoseconds)) / EndpointLoad.halfLife)
    }

    private mutating func left(at now: NIODeadline) {
        inFlight -= 1
        quietSince = now
    }
}
