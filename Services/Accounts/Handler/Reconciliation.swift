import Logging
import Metrics
import ServiceLifecycle

/// Proves the ledger once a day and shows what it found as a metric.
struct Reconciliation: Service {
    /// Before the first proof: a start has other things to do.
    static let delay = Duration.seconds(60)
    /// Between two proofs.
    static let interval = Duration.seconds(86_400)

    private let ledger: Ledger
    private let logger: Logger

    init(_ ledger: Ledger, logger: Logger) {
        self.ledger = ledger
        self.logger = logger
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            try? await Task.sleep(for: Self.delay)
            while !Task.isCancelled {
                do {
                    try await Self.prove(ledger, logger)
                } catch {
                    logger.warning("the ledger could not be read through", metadata: ["cause": "\(error)"])
                }
                try? await Task.sleep(for: Self.interval)
            }
        }
    }

    /// One proof, with its metrics and its lines in the log.
    @discardableResult
    static func prove(_ ledger: Ledger, _ logger: Logger) async throws -> LedgerProof {
        let proof = try await ledger.prove()
        Gauge(label: "accounts_ledger_drift").record(proof.drift)
        Gauge(label: "accounts_ledger_entries").record(proof.entries)
        for finding in proof.findings {
            logger.error("the ledger does not add up", metadata: ["finding": "\(finding)"])
        }
        return proof
    }
}
