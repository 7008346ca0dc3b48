import NIOCore
import Synchronization

/// Knows the addresses of a client's target, and tells each of the client's event loops what another has learnt: without this, a server
/// that is back would be reached by calls on one loop and not, for the length of a backoff, by those on another.
///
/// Names are looked up when the first call needs them, again every 30 s while calls are made, and soon after a connection is lost. An answer
/// that lacks an address retires it; no answer at all changes nothing.
final class Directory: Sendable {
    /// Time between two look-ups while all is well, and the least time between two.
    static let period = TimeAmount.seconds(30)
    static let leastPeriod = TimeAmount.seconds(2)

    private struct Member {
        weak var pool: ClientPool?
    }

    private struct State {
        var members: [Member] = []
        /// The last addresses that were found; nil before the first look-up has ended.
        var endpoints: [Endpoint]?
        var isLooking = false
        var lookedAt: NIODeadline?
    }

    /// Nil when the target is malformed.
    private let target: Target?
    private let isLiteral: Bool
    private let state: Mutex<State>
    /// When calls must ask for another look-up; far away while none is due.
    private let due: Atomic<UInt64>

    init(target text: String) {
        let target = Target(text)
        let literal = target.flatMap(Resolver.literal)
        self.target = target
        isLiteral = literal != nil || target == nil
        state = Mutex(State(endpoints: literal))
        due = Atomic(isLiteral ? .max : 0)
    }

    /// What is known now: nil before the first look-up has ended.
    var endpoints: [Endpoint]? { target == nil ? [] : state.withLock(\.endpoints) }

    var isMalformed: Bool { target == nil }

    func adopt(_ pools: [ClientPool]) {
        state.withLock { $0.members = pools.map { Member(pool: $0) } }
    }

    /// Called with each call: looks names up again when it is time. One atomic read when it is not.
    func touch(now: NIODeadline) {
        guard now.uptimeNanoseconds >= due.load(ordering: .relaxed) else { return }
        look(now: now)
    }

    /// A connection was lost or could not be made: the addresses may have changed.
    func doubt(now: NIODeadline) {
        guard !isLiteral else { return }
        let last = state.withLock(\.lookedAt)
        let soonest = last.map { $0 + Directory.leastPeriod } ?? now
        if now >= soonest { look(now: now) } else { due.store(soonest.uptimeNanoseconds, ordering: .relaxed) }
    }

    private func look(now: NIODeadline) {
        guard let target, !isLiteral else { return }
        let begins = state.withLock { state in
            guard !state.isLooking else { return false }
            state.isLooking = true
            state.lookedAt = now
            return true
        }
        guard begins else { return }
        due.store((now + Directory.period).uptimeNanoseconds, ordering: .relaxed)
        Resolver.resolve(target) { [weak self] in self?.found($0) }
    }

    private func found(_ endpoints: [Endpoint]) {
        let known = state.withLock { state in
            state.isLooking = false
            if !endpoints.isEmpty || state.endpoints == nil { state.endpoints = endpoints }
            return state.endpoints ?? []
        }
        // The name may be there any moment: the next call asks again.
        if known.isEmpty {
            due.store((NIODeadline.now() + Directory.leastPeriod).uptimeNanoseconds, ordering: .relaxed)
        }
        tell { $0.update(known) }
    }

    /// An event loop has reached a server: the others need not wait out their backoff.
    func reached(_ endpoint: Endpoint) { tell { $0.wakeUp(endpoint) } }

    /// An event loop has ejected a server: the others need not find out by themselves.
    func ejected(_ endpoint: Endpoint, until end: NIODeadline) { tell { $0.eject(endpoint, until: end) } }

    private func tell(_ news: @escaping @Sendable (ClientPool) -> Void) {
        for pool in state.withLock({ $0.members.compactMap(\.pool) }) { pool.loop.execute { news(pool) } }
    }
}
