import HTTPTypes
import Hummingbird
import NIOCore
import RPC
import Schema
import ServiceLifecycle
import Synchronization

/// Calls whose replies are a stream, served as Server-Sent Events (HTML Standard §9.2).
///
/// A call runs here, not in the request that began it: when the connection breaks it goes on, and whoever comes back with
/// `Last-Event-ID` is given what was missed and the rest. That holds for this process only.
final class EventStreams: Service {
    private struct Entry {
        let owner: String
        let method: Method
        let log: EventLog
        let startedAt: ContinuousClock.Instant
    }

    private let limits: EdgeLimits
    private let surroundings: Surroundings
    private let entries = Mutex<[String: Entry]>([:])
    private let (work, source) = AsyncStream.makeStream(of: (@Sendable () async -> Void).self)

    init(limits: EdgeLimits, surroundings: Surroundings) {
        self.limits = limits
        self.surroundings = surroundings
    }

    /// Runs the calls until the program stops; calls that run then may end.
    func run() async {
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                for await job in work { group.addTask { await job() } }
            }
        } onGracefulShutdown: {
            self.source.finish()
        }
    }

    /// The stream of a call: a new one, or the one that `Last-Event-ID` names, from the event after it.
    /// - Throws: how the call failed, when it did so before its first event; `notFound` `stream_gone` for a stream that is not
    ///   (any more) remembered or is another's; `resourceExhausted` when too many run.
    func answer(
        _ call: ContractCall, channel: any RPCChannel, request: [UInt8], reader: Reader, options: CallOptions
    ) async throws -> Response {
        if let position = call.request.headers[.lastEventID], !position.isEmpty {
            let (entry, token, next) = try resume(position, owner: reader.subject, method: call.route.method)
            return reply(entry.log, token: token, from: next)
        }
        let token = Base64URL.text(of: surroundings.randomBytes(16))
        let log = EventLog(maximumBytes: limits.maximumStreamBytes)
        try remember(Entry(owner: reader.subject, method: call.route.method, log: log, startedAt: .now), as: token)
        let events = EventNames(of: call.route.descriptor.output)
        let route = call.route
        let requestID = call.context.requestID
        var options = options
        options.timeout = limits.streamTimeout
        let callOptions = options
        source.yield {
            let replies = channel.open(
                route.method, request: ByteBuffer(bytes: request), options: callOptions)
            do {
                while let reply = try await replies.next() {
                    guard log.append(try events.event(of: Array(buffer: reply))) else {
                        replies.cancel()
                        throw ServiceError(.resourceExhausted, "The answer is too long.", reason: "stream_full")
                    }
                }
                log.end(nil)
            } catch let error as ServiceError {
                log.end(ServiceFailure(service: route.service, error: error), requestID: requestID)
            } catch {
                log.end(error, requestID: requestID)
            }
        }
        if let failure = await log.failureBeforeFirstEvent() { throw failure }
        return reply(log, token: token, from: 0)
    }

    private func reply(_ log: EventLog, token: String, from next: Int) -> Response {
        let heartbeat = limits.heartbeat
        let headers: HTTPFields = [
            .contentType: "text/event-stream", .cacheControl: "no-store", .xAccelBuffering: "no",
        ]
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody { writer in
                try await log.write(to: &writer, from: next, token: token, heartbeat: heartbeat)
                try await writer.finish(nil)
            })
    }

    private func remember(_ entry: Entry, as token: String) throws {
        let isFull = entries.withLock { entries in
            let now = ContinuousClock.now
            entries = entries.filter { _, old in
                now - old.startedAt < limits.streamTimeout + limits.streamRetention
                    && !old.log.hasEnded(longerThan: limits.streamRetention)
            }
            guard entries.count < limits.maximumStreams else { return true }
            entries[token] = entry
            return false
        }
        if isFull {
            throw ServiceError(
                .resourceExhausted, "Too many answers are being streamed just now. Try again in a few seconds.",
                reason: "too_many_streams", retryAfter: .seconds(5))
        }
    }

    /// - Parameter position: an event's id, `TOKEN.NUMBER`.
    private func resume(_ position: String, owner: String, method: Method) throws -> (Entry, String, Int) {
        let parts = position.split(separator: ".")
        guard parts.count == 2, let number = Int(parts[1]), number >= 0, number < Int(Int32.max),
            let entry = entries.withLock({ $0[String(parts[0])] }), entry.owner == owner, entry.method == method,
            !entry.log.hasEnded(longerThan: limits.streamRetention)
        else {
            throw ServiceError(
                .notFound, "This stream is not remembered any more: ask again without Last-Event-ID.",
                reason: "stream_gone")
        }
        return (entry, String(parts[0]), number + 1)
    }
}
