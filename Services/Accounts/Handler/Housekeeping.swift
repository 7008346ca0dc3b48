import Logging
import ServiceLifecycle

/// Deletes what nobody needs any more: sessions that are over, the networks of earlier days.
struct Housekeeping: Service {
    /// Between two rounds.
    static let interval = Duration.seconds(600)
    /// Sessions deleted in one write: a few milliseconds of the writer's time.
    static let sessionsAtOnce = 1_000

    private let accounts: AccountStore
    private let clock: WallClock
    private let logger: Logger

    init(accounts: AccountStore, clock: WallClock, logger: Logger) {
        self.accounts = accounts
        self.clock = clock
        self.logger = logger
    }

    /// Runs until shutdown; a failed round is logged and the next one tries again.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await round()
                    try await Task.sleep(for: Self.interval)
                } catch is CancellationError {
                    return
                } catch {
                    logger.warning("housekeeping failed", metadata: ["cause": "\(error)"])
                    await pause()
                }
            }
        }
    }

    /// One round.
    func round() async throws {
        try await accounts.forgetNetworks(before: clock.now)
        while try await accounts.deleteExpiredSessions(at: clock.now, limit: Self.sessionsAtOnce)
            == Self.sessionsAtOnce
        {}
    }

    private func pause() async {
        do { try await Task.sleep(for: Self.interval) } catch {
            // Cancelled: the loop ends by itself.
        }
    }
}
