import FoundationEssentials
package import Logging
import Metrics
import NIOHTTP1
import ServiceLifecycle
import Synchronization

/// Sends ended spans to a collector, in batches, as OTLP/HTTP JSON.
///
/// Traces must never hold a call up: what does not fit into the queue, or a collector does not take, is dropped and counted
/// (`traces_spans_dropped_total`).
package final class SpanExporter: ServiceLifecycle.Service {
    /// Spans that wait at most: about a second of a busy program.
    static let queueLimit = 8_192
    /// Spans in one request: some hundred kilobytes of JSON.
    static let batchLimit = 512
    /// Where collectors take traces.
    static let path = "/v1/traces"

    private let program: String
    private let probe: OperationsProbe
    private let interval: Duration
    private let logger: Logger
    private let queue = Mutex<[OTLPMessage.Span]>([])
    private let isRefused = Mutex(false)
    private let sent: Counter
    private let dropped: Counter

    /// - Parameters:
    ///   - collector: where it listens, over plain HTTP.
    ///   - interval: between two requests.
    package init(
        program: ProgramName, collector: HostPort, metrics: MetricsRegistry, logger: Logger,
        interval: Duration = .seconds(1)
    ) {
        self.program = program.rawValue
        probe = OperationsProbe(address: collector)
        self.interval = interval
        self.logger = logger
        sent = Counter(label: "traces_spans_sent", factory: metrics)
        dropped = Counter(label: "traces_spans_dropped", factory: metrics)
    }

    /// Queues an ended span. Never waits.
    func take(_ span: OTLPMessage.Span) {
        let fits = queue.withLock { queue in
            guard queue.count < Self.queueLimit else { return false }
            queue.append(span)
            return true
        }
        if !fits { dropped.increment() }
    }

    /// Sends until shutdown, and then what is left.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do { try await Task.sleep(for: self.interval) } catch { return }
                await self.flush()
            }
        }
        await flush()
    }

    private func flush() async {
        while true {
            let batch = queue.withLock { queue -> [OTLPMessage.Span] in
                let batch = Array(queue.prefix(Self.batchLimit))
                queue.removeFirst(batch.count)
                return batch
            }
            guard !batch.isEmpty else { return }
            guard await send(batch) else {
                // A collector that is away now will not be there for the next batch either.
                dropped.increment(by: Int64(batch.count))
                return
            }
            sent.increment(by: Int64(batch.count))
        }
    }

    private func send(_ batch: [OTLPMessage.Span]) async -> Bool {
        do {
            let body = try JSONEncoder().encode(OTLPMessage(program: program, spans: batch))
            let reply = try await probe.post(Self.path, json: Array(body))
            guard reply.isOK else {
                note(failure: "HTTP \(reply.status.code)")
                return false
            }
            note(failure: nil)
            return true
        } catch {
            note(failure: "\(error)")
            return false
        }
    }

    /// Says when it begins to fail and when it works again, not each time.
    private func note(failure: String?) {
        let before = isRefused.withLock { isRefused in
            defer { isRefused = failure != nil }
            return isRefused
        }
        if let failure, !before { logger.warning("traces are dropped", metadata: ["cause": "\(failure)"]) }
        if failure == nil, before { logger.info("traces are sent again") }
    }
}
