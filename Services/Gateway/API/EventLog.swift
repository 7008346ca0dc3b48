import Foundation
import Hummingbird
import NIOCore
import RPC
import Synchronization

/// The events of one call so far: written by the call, read by the requests that follow it, each from where it is.
final class EventLog: Sendable {
    /// One event without its id.
    struct Event: Sendable {
        let name: String
        /// JSON of one line.
        let data: [UInt8]
    }

    /// Why a follower is woken. An event's signal may be stale: its event was read with the one before.
    private enum Signal: Sendable {
        case changed, time
    }

    private struct State {
        var events: [Event] = []
        var bytes = 0
        var endedAt: ContinuousClock.Instant?
        var failure: (any Error)?
        var followers: [Int: AsyncStream<Signal>.Continuation] = [:]
        var nextFollower = 0
    }

    /// How long a reply waits for its first event before it begins; a failure until then has a status of its own.
    private static let patience = Duration.seconds(2)

    private let maximumBytes: Int
    private let state = Mutex(State())

    init(maximumBytes: Int) { self.maximumBytes = maximumBytes }

    /// Adds an event; false when the log is full.
    func append(_ event: Event) -> Bool {
        state.withLock { state in
            state.bytes += event.data.count
            guard state.bytes <= maximumBytes else { return false }
            state.events.append(event)
            for follower in state.followers.values { follower.yield(.changed) }
            return true
        }
    }

    /// No event comes any more. A failure after the first event becomes the event `error`, with a problem (RFC 9457) as data.
    func end(_ failure: (any Error)?, requestID: String = "") {
        state.withLock { state in
            if let failure, !state.events.isEmpty {
                let problem = Problem(Failure(failure), requestID: requestID)
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
                var data = Data("{}".utf8)
                do { data = try encoder.encode(problem) } catch { assertionFailure("a problem is plain JSON") }
                state.events.append(Event(name: "error", data: Array(data)))
            }
            state.failure = failure
            state.endedAt = .now
            for follower in state.followers.values { follower.yield(.changed) }
        }
    }

    func hasEnded(longerThan time: Duration) -> Bool {
        state.withLock { state in state.endedAt.map { ContinuousClock.now - $0 > time } ?? false }
    }

    /// How the call failed, when it ended before it gave anything; waits for the first event, but not for long.
    func failureBeforeFirstEvent() async -> (any Error)? {
        let look = { [self] in
            state.withLock { (!$0.events.isEmpty || $0.endedAt != nil, $0.events.isEmpty ? $0.failure : nil) }
        }
        await follow(every: Self.patience) { signals in
            if look().0 { return }
            for await _ in signals { return }
        }
        return look().1
    }

    /// Writes the events from a place on until the last, with a comment whenever nothing happened for the heartbeat's time.
    func write(
        to writer: inout any ResponseBodyWriter, from start: Int, token: String, heartbeat: Duration
    ) async throws {
        var next = start
        try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
        try await follow(every: heartbeat) { signals in
            var signals = signals.makeAsyncIterator()
            while true {
                let (events, hasEnded) = state.withLock { state in
                    (Array(state.events.dropFirst(next)), state.endedAt != nil)
                }
                if events.isEmpty {
                    if hasEnded { return }
                    guard let signal = await signals.next() else { return }
                    let isStill = state.withLock { $0.events.count <= next && $0.endedAt == nil }
                    if signal == .time, isStill { try await writer.write(ByteBuffer(string: ": still here\n\n")) }
                    continue
                }
                var buffer = ByteBuffer()
                for event in events {
                    buffer.writeString("id: \(token).\(next)\nevent: \(event.name)\ndata: ")
                    buffer.writeBytes(event.data)
                    buffer.writeString("\n\n")
                    next += 1
                }
                try await writer.write(buffer)
            }
        }
    }

    /// Runs a body that is woken at every event, at the end, and after each period.
    private func follow(
        every period: Duration, _ body: (AsyncStream<Signal>) async throws -> Void
    ) async rethrows {
        let (signals, source) = AsyncStream.makeStream(of: Signal.self, bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state in
            state.nextFollower += 1
            state.followers[state.nextFollower] = source
            return state.nextFollower
        }
        defer { _ = state.withLock { $0.followers.removeValue(forKey: number) } }
        let ticks = Task {
            while !Task.isCancelled {
                do { try await Task.sleep(for: period) } catch { return }
                source.yield(.time)
            }
        }
        defer { ticks.cancel() }
        try await body(signals)
    }
}
