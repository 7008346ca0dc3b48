import Logging
import ServiceLifecycle

/// Stands last in the line of a program's children, so that it is the first to hear of a shutdown: from then on probes
/// are told that the program takes no more calls, while the children still serve.
struct DrainNotice: Service {
    let readiness: Readiness
    let logger: Logger

    func run() async throws {
        do { try await gracefulShutdown() } catch {
            // Cancelled instead of asked: the others are, too.
        }
        readiness.startDraining()
        logger.info("draining")
    }
}
