import NIOCore
import RPC
import Wire

/// A call as both sides of the simulation know it. The client looks at `outcome` and `received`, the server at the rest.
final class SimulatedCall {
    /// The method's number on the wire is its shape.
    enum Shape: UInt32, CaseIterable { case unary = 1, serverStreaming, clientStreaming, duplex }

    /// What the handler does with it, said in the request's first byte.
    enum Plan: UInt8, CaseIterable { case atOnce, later, fails, never }

    enum Outcome: Equatable {
        case ok([UInt8]?)
        case failed(ServiceError.Kind)
        case notRun
    }

    let shape: Shape
    let plan: Plan
    let requests: [[UInt8]]
    /// Replies of a stream that the server sends.
    let replies: [[UInt8]]
    let deadline: NIODeadline
    var stream: UInt32 = 0
    var isCancelled = false

    private(set) var outcome: Outcome?
    private(set) var endedAt: NIODeadline?
    private(set) var endings = 0
    var received: [[UInt8]] = []

    /// Requests that the client has not handed to its outbox; nil: all, and the end.
    var unsent: ArraySlice<[UInt8]>?

    init(shape: Shape, plan: Plan, requests: [[UInt8]], replies: [[UInt8]], deadline: NIODeadline) {
        self.shape = shape
        self.plan = plan
        self.requests = requests
        self.replies = replies
        self.deadline = deadline
    }

    var streamsRequests: Bool { shape == .clientStreaming || shape == .duplex }
    var streamsReplies: Bool { shape == .serverStreaming || shape == .duplex }

    func end(_ outcome: Outcome, at time: NIODeadline) {
        endings += 1
        if self.outcome == nil {
            self.outcome = outcome
            endedAt = time
        }
    }

    /// The one reply of a call that has one: what the requests are in sum, so that each byte of them counts.
    static func answer(to requests: [[UInt8]]) -> [UInt8] {
        var sum: UInt64 = 14_695_981_039_346_656_037
        var size = 0
        for request in requests {
            for byte in request { sum = (sum ^ UInt64(byte)) &* 1_099_511_628_211 }
            size += request.count
        }
        return withUnsafeBytes(of: sum.littleEndian, Array.init) + [UInt8](repeating: 0x55, count: size / 2)
    }
}
