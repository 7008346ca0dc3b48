import Calendar
import Contracts
import Logging
import Mail
package import Runtime

/// The composition root of Jobs: settings → store → board → handler.
package enum JobsService {
    /// Opens the store, fills the board and names what is served.
    ///
    /// - Throws: `StorageError` when the store cannot be opened; its message says what to do.
    package static func compose(_ boot: Boot) async throws -> Composition {
        let settings = boot.settings
        let folder = settings.storeFolder(of: .jobs)
        let store = try JobsStore(path: folder + "/jobs.sqlite")
        let origin = settings.origin.description
        let accounts = boot.link(to: .accounts)
        let handler = try await JobsHandler(
            store: store, resumes: try ResumeFolder(path: folder + "/resumes"),
            letters: try JobsLetters(origin: origin), accounts: accounts.channel, clock: .system, logger: boot.logger)
        try handler.resumes.deleteAll(except: try store.resumeFiles())
        try await PlaceFile.load(into: store.places, dataFolder: settings[.dataFolder], logger: boot.logger)
        let outgoing = try OutgoingMail(settings)
        let postman = store.postman(outgoing, clock: .system, logger: boot.logger)
        let logger = boot.logger
        return Composition(
            routes: handler.routes, children: [Caretaker(handler, probe: LinkProbe(origin: origin)), postman]
        ) {
            await accounts.close()
            do { try store.close() } catch {
                logger.error("the store did not close", metadata: ["cause": "\(error)"])
            }
        }
    }
}
