import NIOCore
import Wire

/// Whether a call runs at once, waits or is refused.
extension ServerConnection {
    /// Takes a call of one request.
    func take(_ call: ServerCall, _ route: Route, _ message: ByteBuffer, until deadline: NIODeadline, now: NIODeadline)
    {
        let method = server.inFlight(of: route.method)
        guard method?.hasRoom ?? true else { return refuse(call, pushback: ServerConnection.methodPushback) }
        switch loop.decide(deadline: deadline, now: now) {
        case .run:
            run(call, message, method)
            guard !call.isFinished else { return }
            machine.started(call.stream, call, bytes: message.readableBytes, deadline: deadline)
            scheduleWake(by: deadline)
        case .wait:
            machine.started(call.stream, call, bytes: message.readableBytes, deadline: deadline)
            scheduleWake(by: deadline)
            call.waits()
            let message = message.detached
            loop.wait(call, deadline: deadline, now: now) { self.run(call, message, method) }
        case .refuse(let pushback): refuse(call, pushback: pushback)
        }
    }

    /// Milliseconds until a method that has all the calls it takes may have room.
    private static let methodPushback: Int32 = 100

    /// Whether a stream may be opened; it is refused if not. It holds a place while it is open and waits for none.
    func takesStream(_ call: ServerCall) -> Bool {
        let own = server.inFlight(of: call.context.method)
        let hasRoom = server.inFlight.hasRoom && own?.hasRoom ?? true
        if !hasRoom { refuse(call, pushback: ServerConnection.methodPushback) }
        return hasRoom
    }

    /// A stream is open.
    func hold(_ call: ServerCall) {
        call.hold(server.inFlight, server.inFlight(of: call.context.method), since: nil)
    }

    private func refuse(_ call: ServerCall, pushback: Int32) {
        outbox.append(.refuse(stream: call.stream, kind: .resourceExhausted, pushback: pushback))
        isNotRun(call, .resourceExhausted)
    }

    /// A call that filters let through is answered without having been run.
    func isNotRun(_ call: ServerCall, _ kind: ServiceError.Kind) {
        let filters = server.configuration.filters
        if !filters.isEmpty { filters.end(call.context, CallOutcome(failure: kind, duration: .zero)) }
    }

    /// Runs the handler in place until it suspends; from then on it holds a place.
    private func run(_ call: ServerCall, _ message: ByteBuffer, _ method: InFlight?) {
        let begun = NIODeadline.now()
        call.begins(at: begun)
        call.begin(message)
        loop.ran(since: begun)
        if !call.isFinished { call.hold(server.inFlight, method, since: begun) }
    }
}
