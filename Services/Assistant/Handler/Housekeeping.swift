import Logging
import ServiceLifecycle

/// Forgets conversations whose time is over, once an hour.
struct Housekeeping: Service {
    private static let interval = Duration.seconds(3_600)
    /// A guest's conversation belongs to their session; a day after the last question it is over.
    static let guestSeconds: Int64 = 86_400

    let store: PilotStore
    /// Days that an account's conversation is kept after its last question.
    let accountDays: Int
    let surroundings: Surroundings
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await sweep()
                do { try await Task.sleep(for: Self.interval) } catch { return }
            }
        }
    }

    /// Deletes what is over.
    func sweep() async {
        let now = surroundings.now()
        do {
            try await store.forget(
                guestsBefore: now - Self.guestSeconds, accountsBefore: now - Int64(accountDays) * 86_400)
            try await store.forgetCases(endedBefore: now - Int64(accountDays) * 86_400, now: now)
        } catch {
            logger.warning("old conversations could not be deleted", metadata: ["cause": "\(error)"])
        }
    }
}
