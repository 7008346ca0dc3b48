import Logging
import Runtime
import ServiceLifecycle
import Storage

/// Keeps the reader on the published snapshot, and the program's readiness on whether there is one.
struct SnapshotWatch: Service {
    /// The condition that holds when a snapshot is served.
    static let condition = "data"
    /// A new snapshot is served after at most this and the time to open it.
    private static let interval = Duration.milliseconds(500)

    private let reader: SnapshotReader<SnapshotContents>
    private let readiness: Readiness
    private let logger: Logger

    init(_ reader: SnapshotReader<SnapshotContents>, readiness: Readiness, logger: Logger) {
        self.reader = reader
        self.readiness = readiness
        self.logger = logger
    }

    /// The first look, before the port opens.
    func begin() {
        reader.refresh()
        if reader.serving == nil, reader.refusal == nil {
            logger.warning("nothing is loaded", metadata: ["advice": "\(Self.advice)"])
        }
        report()
    }

    /// Looks until the program stops.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                if reader.refresh() || reader.serving == nil { report() }
                do { try await Task.sleep(for: Self.interval) } catch { return }
            }
        }
    }

    private func report() {
        if reader.serving == nil {
            readiness.report(Self.condition, failing: reader.refusal ?? Self.advice)
        } else {
            readiness.report(Self.condition)
            showEditions()
        }
    }

    private func showEditions() {
        do {
            try reader.read { _, contents in EditionMetrics.show(contents.editions) }
        } catch {
            logger.warning("editions are not in the metrics", metadata: ["cause": "\(error)"])
        }
    }

    private static let advice =
        "no code set is loaded; run codingahead data pull, then codingahead data import"
}
