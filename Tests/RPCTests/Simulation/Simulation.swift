import NIOCore
import RPC
import Support

/// One connection's life from a seed: a client, a server, the network between them and what befalls it. The same seed is the same life.
struct Simulation {
    /// What may befall a connection.
    enum Fault: CaseIterable { case none, stall, drain, cut, clientLeaves }

    let seed: UInt64
    let fault: Fault
    private var generator: SeededGenerator

    init(seed: UInt64) {
        self.seed = seed
        generator = SeededGenerator(seed: seed)
        fault = Fault.allCases.randomElement(using: &generator) ?? .none
    }

    /// Lives it; what must hold and did not.
    mutating func run() -> [String] {
        let time = SimulatedTime()
        let limits = chosenLimits()
        let toServer = SimulatedLink(time: time, generator: fork())
        let toClient = SimulatedLink(time: time, generator: fork())
        let client = SimulatedClient(time: time, limits: limits, output: toServer, generator: fork())
        let server = SimulatedServer(time: time, limits: limits, output: toClient, generator: fork()) {
            client.calls[$0]
        }
        toServer.onArrival = { server.arrive($0) }
        toClient.onArrival = { client.arrive($0) }
        var calls: [SimulatedCall] = []
        for _ in 0..<Int.random(in: 1...12, using: &generator) {
            let begin = time.now + .microseconds(Int64.random(in: 0...300_000, using: &generator))
            let call = chosenCall(at: begin)
            calls.append(call)
            time.schedule(at: begin) { client.start(call) }
            if Int.random(in: 0..<6, using: &generator) == 0 {
                let at = begin + .microseconds(Int64.random(in: 0...200_000, using: &generator))
                time.schedule(at: at) { client.cancel(call) }
            }
        }
        let at = time.now + .microseconds(Int64.random(in: 0...400_000, using: &generator))
        // Shorter than a handshake may take.
        let stall = TimeAmount.milliseconds(Int64.random(in: 1...2500, using: &generator))
        let fault = fault
        time.schedule(at: at) {
            switch fault {
            case .none: break
            case .stall:
                toServer.stall(for: stall)
                toClient.stall(for: .nanoseconds(stall.nanoseconds / 2))
            case .drain: server.drain()
            case .cut:
                toServer.cut()
                toClient.cut()
            case .clientLeaves: client.disconnect()
            }
        }
        guard time.run() else { return ["it never comes to rest"] }
        var broken = client.breaches + server.breaches
        if !client.isClosed || !server.isClosed { broken.append("the connection never ends") }
        if server.openCalls != 0 { broken.append("\(server.openCalls) handlers never end") }
        for (number, call) in calls.enumerated() {
            if let reason = judge(call, server) {
                broken.append("call \(number) (\(call.shape), \(call.plan), stream \(call.stream)): \(reason)")
            }
        }
        return broken
    }

    /// What is wrong with a call's end; nil: nothing.
    private func judge(_ call: SimulatedCall, _ server: SimulatedServer) -> String? {
        guard call.endings == 1, let outcome = call.outcome, let endedAt = call.endedAt else {
            return "it ended \(call.endings) times"
        }
        switch outcome {
        case .ok(let reply):
            guard call.plan == .atOnce || call.plan == .later else { return "OK from a handler that gives none" }
            guard call.received == call.replies else {
                return "\(call.received.count) of \(call.replies.count) replies"
            }
            let expected = call.streamsReplies ? nil : SimulatedCall.answer(to: call.requests)
            return reply == expected ? nil : "another reply than the handler gave"
        case .notRun: return server.begun.contains(call.stream) ? "it is said not to have run, and ran" : nil
        case .failed(.cancelled): return call.isCancelled ? nil : "nobody cancelled it"
        case .failed(.failedPrecondition): return call.plan == .fails ? nil : "its handler does not fail"
        case .failed(.deadlineExceeded):
            // The deadline travels in whole milliseconds, rounded down.
            guard endedAt >= call.deadline - .milliseconds(1) else { return "it ended before its deadline" }
            return call.plan == .never || fault != .none ? nil : "it made no progress"
        case .failed(.unavailable):
            return fault == .cut || fault == .clientLeaves || fault == .drain ? nil : "the connection was not lost"
        case .failed(let kind): return "\(kind) from nowhere"
        }
    }

    // MARK: Choices

    private mutating func fork() -> SeededGenerator { SeededGenerator(seed: generator.next()) }

    private mutating func chosenLimits() -> Limits {
        var limits = Limits()
        limits.frame = [9 * 1024, 64 * 1024].randomElement(using: &generator) ?? limits.frame
        limits.streamCredit = Int.random(in: 64...20_000, using: &generator)
        // So little that a byte of credit which is lost stops everything in the end.
        limits.connectionCredit = limits.streamCredit + Int.random(in: 0...20_000, using: &generator)
        limits.streams = Int.random(in: 1...16, using: &generator)
        return limits
    }

    private mutating func chosenCall(at begin: NIODeadline) -> SimulatedCall {
        let shape = SimulatedCall.Shape.allCases.randomElement(using: &generator) ?? .unary
        let plans: [SimulatedCall.Plan] = [.atOnce, .atOnce, .later, .later, .fails, .never]
        let plan = plans.randomElement(using: &generator) ?? .atOnce
        let isStream = shape == .clientStreaming || shape == .duplex
        let requests = isStream ? chosenMessages() : [chosenMessage()]
        let replies = shape == .serverStreaming || shape == .duplex ? chosenMessages() : []
        // Short for a handler that never ends, else so long that only a standstill reaches it.
        let patience = plan == .never ? Int64.random(in: 1...500, using: &generator) : 120_000
        return SimulatedCall(
            shape: shape, plan: plan, requests: requests, replies: replies, deadline: begin + .milliseconds(patience))
    }

    private mutating func chosenMessages() -> [[UInt8]] {
        (0..<Int.random(in: 0...8, using: &generator)).map { _ in chosenMessage() }
    }

    private mutating func chosenMessage() -> [UInt8] {
        let most = [0, 20, 500, 12_000, 90_000].randomElement(using: &generator) ?? 0
        let size = Int.random(in: 0...most, using: &generator)
        let start = UInt8.random(in: 0...255, using: &generator)
        return (0..<size).map { start &+ UInt8(truncatingIfNeeded: $0 &* 7) }
    }
}
