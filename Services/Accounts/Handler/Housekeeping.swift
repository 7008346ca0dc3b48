import Calendar
import Logging
import ServiceLifecycle

/// Gives back what was held too long, and deletes what nobody needs any more.
struct Housekeeping: Service {
    /// Between two looks for holds that are over: how long a failed answer may stay charged.
    static let sweepInterval = Duration.seconds(5)
    /// Sweeps between two rounds of deleting: ten minutes.
    static let sweepsARound = 120
    /// Rows taken in one write: a few milliseconds of the writer's time.
    static let rowsAtOnce = 1_000
    /// Closed holds are remembered this long for calls that come again, seconds; the ledger keeps their entries.
    static let holdMemory: Int64 = 7 * 86_400
    /// Checkouts that nobody paid are remembered this long, seconds: a provider may tell late.
    static let checkoutMemory: Int64 = 30 * 86_400

    /// Who was told of an edition's changes is remembered this long, seconds: a code set has a new edition each year.
    static let announcementMemory: Int64 = 800 * 86_400

    private let handler: AccountsHandler
    private let retention: Retention
    private let logger: Logger

    init(_ handler: AccountsHandler, retention: Retention, logger: Logger) {
        self.handler = handler
        self.retention = retention
        self.logger = logger
    }

    /// Runs until shutdown; a failed round is logged and the next one tries again.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            var sweeps = 0
            while !Task.isCancelled {
                do {
                    try await sweep()
                    if sweeps % Self.sweepsARound == 0 { try await round() }
                } catch is CancellationError {
                    return
                } catch {
                    logger.warning("housekeeping failed", metadata: ["cause": "\(error)"])
                }
                sweeps += 1
                try? await Task.sleep(for: Self.sweepInterval)
            }
        }
    }

    /// Gives back the charges of holds that are over.
    func sweep() async throws {
        while try await handler.ledger.sweep(at: handler.clock.now, limit: Self.rowsAtOnce) == Self.rowsAtOnce {}
    }

    /// One round of deleting.
    func round() async throws {
        let now = handler.clock.now
        try await handler.accounts.forget(before: now, mailEndedBefore: now.adding(seconds: -retention.mail))
        try await handler.ledger.forgetClosedHolds(before: now.adding(seconds: -Self.holdMemory))
        try await handler.licences.forgetTexts(before: now.date)
        try await BillingStore(handler.accounts.store).forgetCheckouts(
            before: now.adding(seconds: -Self.checkoutMemory))
        try await DeskStore(handler.accounts.store)
            .forgetAnnouncements(before: now.adding(seconds: -Self.announcementMemory))
        if let unverified = retention.unverified {
            let moment = now.adding(seconds: -unverified)
            while try await handler.accounts.deleteUnverified(madeBefore: moment, at: now, limit: 100) == 100 {}
        }
        while try await handler.accounts.deleteExpiredSessions(at: now, limit: Self.rowsAtOnce) == Self.rowsAtOnce {}
    }
}
