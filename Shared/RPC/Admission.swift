package import NIOCore

/// Decides on one event loop whether a call runs at once, waits for its turn or is refused. It knows no socket and no clock.
///
/// A handler runs in place, so a burst of calls would keep the loop from reading: what came meanwhile would wait in the kernel, where nobody
/// sees it age, and be run after its caller has gone. So handlers get the loop for 2 ms at a time. What comes beyond that waits here, by
/// deadline, and between two such turns the loop reads: calls that were cancelled or are late are dropped unrun, and a call that cannot come
/// to its turn within half of the time it has is refused at once, which costs a hundredth of running it.
package struct Admission<Element> {
    package enum Decision: Equatable {
        case run
        /// `wait` must be called with the call.
        case wait
        /// Milliseconds after which another try may be worth it.
        case refuse(pushback: Int32)
    }

    package enum Next {
        case run(Element)
        /// Its deadline passed while it waited.
        case late(Element)
        /// The loop must read before more is run.
        case endOfTurn
        /// The server has as many calls as it takes: when one ends, or a little later, ask again.
        case full
        case empty
    }

    /// Nanoseconds of handlers that a loop runs before it reads again: long against the cost of a turn, short against a deadline.
    private static var turn: Int64 { 2_000_000 }
    /// Weight of one interval in the average.
    private static var weight: Double { 0.1 }

    private var queue: CallQueue<Element>
    private let isDead: (Element) -> Bool
    /// Nanoseconds that handlers ran in this turn.
    private var used: Int64 = 0
    /// Average nanoseconds between two calls that left the queue.
    private var interval = 0.0
    private var leftAt: NIODeadline?

    /// - Parameter isDead: whether a call has ended while it waited.
    package init(limit: Int, isDead: @escaping (Element) -> Bool) {
        queue = CallQueue(limit: limit)
        self.isDead = isDead
    }

    /// Calls that wait.
    package var waiting: Int { queue.count }

    /// Handlers have had the loop for a while: the shell ends the turn when the loop has read.
    package var hasBegunTurn: Bool { used > Admission.turn / 16 }

    /// - Parameter hasRoom: the server takes another call at once.
    package mutating func decide(deadline: NIODeadline, now: NIODeadline, hasRoom: Bool) -> Decision {
        if queue.count == 0, used < Admission.turn, hasRoom { return .run }
        let expected = Double(queue.count) * interval
        guard !queue.isFull, 2 * expected <= Double((deadline - now).nanoseconds) else {
            return .refuse(pushback: Int32(max(5, min(1000, expected / 1e6))))
        }
        return .wait
    }

    /// Keeps a call for its turn.
    package mutating func wait(_ element: Element, deadline: NIODeadline, now: NIODeadline) {
        if queue.count == 0 { leftAt = now }
        queue.insert(element, deadline: deadline)
    }

    /// A handler ran in place for this long.
    package mutating func ran(nanoseconds: Int64) { used += nanoseconds }

    /// The loop has read.
    package mutating func beginTurn() { used = 0 }

    /// A waiting call has ended: cancelled, late, or its connection is gone.
    package mutating func buried() { queue.buried(isDead: isDead) }

    /// The next of those that wait.
    package mutating func next(now: NIODeadline, hasRoom: Bool) -> Next {
        guard queue.count > 0 else {
            leftAt = nil
            return .empty
        }
        guard hasRoom else { return .full }
        guard used < Admission.turn else { return .endOfTurn }
        guard let (element, deadline) = queue.next(isDead: isDead) else { return .empty }
        guard deadline > now else { return .late(element) }
        if let leftAt { interval += (Double((now - leftAt).nanoseconds) - interval) * Admission.weight }
        leftAt = now
        return .run(element)
    }
}
