import Metrics
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Measures how late the event loops of the process run what is due: what every call waits for before its handler begins.
struct EventLoopLag: Service {
    /// Between two measurements of a loop.
    static let interval = TimeAmount.milliseconds(250)

    let metrics: MetricsRegistry
    var group: MultiThreadedEventLoopGroup = .singleton

    func run() async throws {
        let timer = Timer(label: "event_loop_lag", factory: metrics)
        let interval = Self.interval
        let repeated = group.makeIterator().map { loop in
            // Each task asks for the next only when it has run: a loop that stands still owes one late task, not many.
            let due = NIOLoopBoundBox.makeBoxSendingValue(NIODeadline.now() + interval, eventLoop: loop)
            return loop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in
                let now = NIODeadline.now()
                timer.recordNanoseconds(max(0, (now - due.value).nanoseconds))
                due.value = now + interval
            }
        }
        do { try await gracefulShutdown() } catch {
            // Cancelled instead of asked: it ends just the same.
        }
        for task in repeated { task.cancel() }
    }
}
