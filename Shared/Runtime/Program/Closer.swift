import ServiceLifecycle

/// Stands first in the line of a program's children, so that its `close` runs when all others have ended.
struct Closer: Service {
    let close: @Sendable () async -> Void

    func run() async throws {
        do { try await gracefulShutdown() } catch {
            // Cancelled instead of asked: stores are closed just the same.
        }
        await close()
    }
}
