import NIOCore

/// What a server runs on one of its event loops: handlers for a while, then what the loop has to read, then those that wait (`Admission`).
///
// SAFETY: touched only on its event loop.
final class ServerLoop: @unchecked Sendable {
    /// A call that waits, and what runs it.
    private struct Waiting {
        let call: ServerCall
        let run: () -> Void
    }

    /// How long the loop may read between two turns of handlers; it goes on at once when there is nothing to read.
    private static let reading = TimeAmount.microseconds(20)
    /// How soon to look again when calls on other loops hold all places.
    private static let lookAgain = TimeAmount.milliseconds(1)

    private let loop: any EventLoop
    private let inFlight: InFlight
    private var admission: Admission<Waiting>
    private var turn: Scheduled<Void>?
    /// The end of a turn, or that a place is free, waits for the tasks before it.
    private var isEnding = false
    private var isGoingOn = false

    init(loop: any EventLoop, limit: Int, inFlight: InFlight) {
        self.loop = loop
        self.inFlight = inFlight
        admission = Admission(limit: limit, isDead: { $0.call.isFinished })
    }

    /// Calls in flight on the server and waiting on this loop, for the `load` of a reply.
    var load: UInt32 { UInt32(clamping: inFlight.current + admission.waiting + 1) }

    func decide(deadline: NIODeadline, now: NIODeadline) -> Admission<ServerCall>.Decision {
        switch admission.decide(deadline: deadline, now: now, hasRoom: inFlight.hasRoom) {
        case .run: .run
        case .wait: .wait
        case .refuse(let pushback): .refuse(pushback: pushback)
        }
    }

    /// Keeps a call for its turn.
    func wait(_ call: ServerCall, deadline: NIODeadline, now: NIODeadline, run: @escaping () -> Void) {
        admission.wait(Waiting(call: call, run: run), deadline: deadline, now: now)
        scheduleTurn(in: ServerLoop.reading)
    }

    /// A handler ran in place since then.
    func ran(since begun: NIODeadline) {
        admission.ran(nanoseconds: (NIODeadline.now() - begun).nanoseconds)
        if admission.hasBegunTurn { scheduleTurn(in: ServerLoop.reading) }
    }

    /// A call that waited has ended.
    func buried() { admission.buried() }

    /// A call that held a place has ended: those that wait go on.
    func hasRoom() {
        guard admission.waiting > 0, !isGoingOn else { return }
        isGoingOn = true
        loop.execute {
            self.isGoingOn = false
            self.runWaiting()
        }
    }

    private func scheduleTurn(in time: TimeAmount) {
        guard turn == nil else { return }
        turn = loop.assumeIsolated().scheduleTask(in: time) {
            self.turn = nil
            self.admission.beginTurn()
            self.runWaiting()
        }
    }

    /// The next turn comes after a read: a loop runs all tasks that are due before it reads, so the time must begin behind the flushes of this
    /// turn's replies.
    private func endTurn() {
        turn?.cancel()
        turn = nil
        guard !isEnding else { return }
        isEnding = true
        loop.execute {
            self.isEnding = false
            self.scheduleTurn(in: ServerLoop.reading)
        }
    }

    private func runWaiting() {
        while true {
            switch admission.next(now: .now(), hasRoom: inFlight.hasRoom) {
            case .run(let waiting): waiting.run()
            case .late(let waiting):
                waiting.call.finish(ServiceError(.deadlineExceeded, "the deadline passed before the call's turn came"))
            case .endOfTurn: return endTurn()
            case .full: return scheduleTurn(in: ServerLoop.lookAgain)
            case .empty: return
            }
        }
    }
}
