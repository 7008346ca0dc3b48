import DequeModule
import NIOCore

/// A client's servers as seen from one event loop: chooses one for each call, and keeps the calls that wait for a connection.
///
// SAFETY: touched only on its event loop.
final class ClientPool: @unchecked Sendable {
    let loop: any EventLoop
    private let configuration: ClientConfiguration
    private let directory: Directory
    private var slots: [ClientSlot] = []
    /// Servers that left the target while calls were under way.
    private var retired: [ClientSlot] = []
    private var waiting: Deque<ClientCall> = []
    private var isClosed = false
    /// The addresses are known; there may be none.
    private var isResolved = false

    init(loop: any EventLoop, configuration: ClientConfiguration, directory: Directory) {
        self.loop = loop
        self.configuration = configuration
        self.directory = directory
    }

    // MARK: Calls

    /// Sends a call, or lets it wait for a connection.
    func submit(_ call: ClientCall) {
        if !isResolved, let endpoints = directory.endpoints { update(endpoints) }
        if waiting.isEmpty, let slot = choose(for: call) {
            slot.start(call)
            // A server that was lost comes back into the choice.
            if slots.count > 1 { connectIdle() }
            return
        }
        guard !isClosed else { return end(call, ServiceError(.unavailable, "the client is closed")) }
        guard !directory.isMalformed else {
            let error = ServiceError(.unavailable, "\"\(configuration.target)\" is not HOST:PORT[,HOST:PORT …]")
            return end(call, error)
        }
        if let absence, !call.options.waitForReady {
            return end(call, ServiceError(.unavailable, absence, retryAfter: .seconds(1)))
        }
        if waiting.count >= configuration.waitingLimit { waiting.removeAll { $0.isEnded } }
        guard waiting.count < configuration.waitingLimit else {
            let error = ServiceError(.resourceExhausted, "too many calls wait for \(configuration.target)")
            return end(call, error)
        }
        waiting.append(call)
        call.waitTimer = loop.assumeIsolated().scheduleTask(deadline: call.deadline) {
            call.giveUp(ServiceError(.deadlineExceeded, "no connection to \(self.configuration.target) in time"))
        }
        connectIdle()
    }

    private func end(_ call: ClientCall, _ error: ServiceError) { call.end(.failed(.unreachable(error))) }

    /// A server that can take the call now: not where it was just refused, not one that is ejected or asked for a pause, unless there is no
    /// other.
    private func choose(for call: ClientCall) -> ClientSlot? {
        if slots.count == 1 { return slots[0].canTake ? slots[0] : nil }
        let now = NIODeadline.now()
        return choose(now) { $0.isGood(at: now) && $0.endpoint != call.avoiding }
            ?? choose(now) { $0.isGood(at: now) } ?? choose(now) { $0.canTake }
    }

    private func choose(_ now: NIODeadline, where isFit: (ClientSlot) -> Bool) -> ClientSlot? {
        var generator = SystemRandomNumberGenerator()
        return Balancer.choose(
            of: slots.count, where: { isFit(slots[$0]) }, cost: { slots[$0].cost(at: now) }, using: &generator
        ).map { slots[$0] }
    }

    /// Why no call can be made or wait; nil while a server is connected or may soon be.
    private var absence: String? {
        guard isResolved else { return nil }
        var reason: String?
        for slot in slots {
            guard let absence = slot.absence else { return nil }
            reason = reason ?? absence
        }
        return reason ?? "\(configuration.target) has no address"
    }

    /// A stream ended or a connection came up: those that wait go on.
    func hasRoom() {
        while let call = waiting.first {
            if call.isEnded {
                waiting.removeFirst()
            } else if let slot = choose(for: call) {
                waiting.removeFirst()
                slot.start(call)
            } else {
                return
            }
        }
    }

    private func failWaiting(_ reason: String, all: Bool) {
        let failing = waiting.filter { all || !$0.options.waitForReady }
        waiting.removeAll { all || $0.isEnded || !$0.options.waitForReady }
        for call in failing { end(call, ServiceError(.unavailable, reason, retryAfter: .seconds(1))) }
    }

    // MARK: Servers

    /// The target's addresses, at first and when they have changed.
    func update(_ endpoints: [Endpoint]) {
        guard !isClosed else { return }
        isResolved = true
        let kept = slots.filter { endpoints.contains($0.endpoint) }
        let leaving = slots.filter { !endpoints.contains($0.endpoint) }
        let known = Set(kept.map(\.endpoint))
        let hadSlots = !slots.isEmpty
        slots =
            kept
            + endpoints.filter { !known.contains($0) }.map {
                ClientSlot(endpoint: $0, configuration: configuration, pool: self)
            }
        for slot in leaving {
            slot.retire()
            if !slot.hasEnded { retired.append(slot) }
        }
        if hadSlots || !waiting.isEmpty { connectIdle() }
        if let absence { failWaiting(absence, all: false) }
        guard endpoints.isEmpty, !waiting.isEmpty else { return }
        // Those that wait for the name need someone who asks again.
        loop.assumeIsolated().scheduleTask(in: Directory.leastPeriod) { self.directory.touch(now: .now()) }
    }

    private func connectIdle() {
        for slot in slots where slot.isIdle { slot.connect() }
    }

    /// A backoff is over: connects if someone waits, or if the other servers are connected.
    func mayConnect() {
        waiting.removeAll { $0.isEnded }
        if !waiting.isEmpty || slots.contains(where: \.canTake) { connectIdle() }
    }

    /// A slot has a connection.
    func reached(_ slot: ClientSlot) {
        hasRoom()
        directory.reached(slot.endpoint)
    }

    /// A slot has lost its connection.
    func lost(_ slot: ClientSlot) {
        directory.doubt(now: .now())
        if !waiting.isEmpty { connectIdle() }
    }

    /// A slot could not connect.
    func isAway(_ slot: ClientSlot) {
        directory.doubt(now: .now())
        if let absence { failWaiting(absence, all: false) }
    }

    func wakeUp(_ endpoint: Endpoint) {
        for slot in slots where slot.endpoint == endpoint { slot.wakeUp() }
    }

    func hasElsewhere(than slot: ClientSlot) -> Bool {
        let now = NIODeadline.now()
        return slots.contains { $0 !== slot && $0.isGood(at: now) }
    }

    /// Ejects a server if that leaves another.
    func ejectIfOthers(_ slot: ClientSlot) {
        guard hasElsewhere(than: slot) else { return }
        directory.ejected(slot.endpoint, until: slot.eject(at: .now()))
    }

    /// Another event loop, or this one, has ejected it.
    func eject(_ endpoint: Endpoint, until end: NIODeadline) {
        for slot in slots where slot.endpoint == endpoint && hasElsewhere(than: slot) { slot.eject(until: end) }
    }

    func forget(_ slot: ClientSlot) {
        if slot.hasEnded { retired.removeAll { $0 === slot } }
    }

    /// Fails what waits and closes every connection.
    func close() {
        isClosed = true
        failWaiting("the client is closed", all: true)
        for slot in slots + retired { slot.close() }
        slots = []
        retired = []
    }
}
