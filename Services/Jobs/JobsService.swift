import Contracts
import Logging
package import Runtime

/// The composition root of Jobs.
package enum JobsService {
    /// Opens the store and makes the program of it.
    /// - Throws: `StorageError` when the store cannot be opened.
    package static func compose(_ boot: Boot) async throws -> Composition {
        let store = try JobsStore(path: boot.settings.storeFolder(of: .jobs) + "/jobs.sqlite")
        let handler = JobsHandler(store: store, logger: boot.logger)
        return Composition(routes: JobsAPI.routes(handler)) {
            do { try store.close() } catch {
                boot.logger.error("store not closed", metadata: ["cause": "\(error)"])
            }
        }
    }
}
