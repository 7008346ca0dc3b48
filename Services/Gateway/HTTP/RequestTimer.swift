import NIOCore

/// When a connection has waited long enough for a request that was begun, or for a reader that does not read.
///
/// A request that comes whole in one read never sets a timer.
struct RequestTimer: Sendable, Equatable {
    enum Phase: Sendable, Equatable {
        /// Between requests.
        case idle
        /// Bytes came, but no whole head yet.
        case head
        /// The head is there, the body is not.
        case body
        /// The request is there, the reply is not.
        case replying
    }

    /// What the connection has to do.
    enum Action: Sendable, Equatable {
        case none
        case wait(Duration)
        case stopWaiting
    }

    let limits: EdgeLimits
    private(set) var phase = Phase.idle
    /// The phase that a timer was set for.
    private var waitsFor: Phase?
    /// Bytes came while a reply was being made: the next request has begun.
    private var hasMore = false

    init(limits: EdgeLimits) { self.limits = limits }

    mutating func bytesCame() {
        switch phase {
        case .idle: phase = .head
        case .replying: hasMore = true
        case .head, .body: break
        }
    }

    mutating func headCame() {
        hasMore = false
        phase = .body
    }

    mutating func requestEnded() { phase = .replying }

    mutating func replyEnded() {
        guard phase == .replying else { return }
        phase = hasMore ? .head : .idle
        hasMore = false
    }

    /// After each read and each reply: whether the connection must be watched, and for how long from now.
    mutating func settle() -> Action {
        let wanted: Phase? = phase == .head || phase == .body ? phase : nil
        guard wanted != waitsFor else { return .none }
        waitsFor = wanted
        switch wanted {
        case .head: return .wait(limits.headTimeout)
        case .body: return .wait(limits.bodyTimeout)
        default: return .stopWaiting
        }
    }
}
