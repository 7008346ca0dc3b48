import Contracts
import Glibc
import Logging
package import Runtime

/// The composition root of Lookup: settings → snapshots → catalogue → handler.
package enum LookupService {
    /// Opens the published snapshot, when there is one, and names what is served. Without data the program starts and is
    /// not ready until some is imported.
    package static func compose(_ boot: Boot) async throws -> Composition {
        let store = SnapshotStore(dataFolder: boot.settings[.dataFolder])
        let reader = store.reader(logger: boot.logger)
        let watch = SnapshotWatch(reader, readiness: boot.readiness, logger: boot.logger)
        watch.begin()
        let catalogue = Catalogue(reader, today: { UTCTime(secondsSince1970: Int64(time(nil))).date })
        let handler = LookupHandler(catalogue, missing: { _ in [] }, logger: boot.logger)
        return Composition(routes: LookupAPI.routes(handler), children: [watch])
    }
}
