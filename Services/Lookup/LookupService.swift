import Contracts
import Glibc
import Logging
package import Runtime

/// The composition root of Lookup: settings → snapshots → catalogue → handler.
package enum LookupService {
    /// Opens the published snapshot, when there is one, and names what is served. Without data the program starts and is
    /// not ready until some is imported.
    ///
    /// - Throws: `FileRefusal` when the list of sources, or the operator's own, is malformed.
    package static func compose(_ boot: Boot) async throws -> Composition {
        let store = SnapshotStore(dataFolder: boot.settings[.dataFolder])
        let gate = LicenceGate()
        let reader = store.reader(logger: boot.logger, licence: gate)
        let watch = SnapshotWatch(reader, readiness: boot.readiness, logger: boot.logger)
        watch.begin()
        let axisNames = ProcedureAxisNames(try ProcedureHeadings.bundled())
        let texts = openTexts(boot)
        let desk = EditorDesk(texts, now: { Int64(time(nil)) })
        let catalogue = Catalogue(
            reader, axisNames: axisNames, modifierPolicy: try ModifierPolicy.bundled(),
            contractorStates: try ContractorStates.bundled(),
            today: { UTCTime(secondsSince1970: Int64(time(nil))).date },
            texts: { try desk.texts($0, in: $1) })
        let sources = try SourceList.load(dataFolder: boot.settings[.dataFolder])
        let handler = LookupHandler(
            catalogue, desk: desk, missing: { sources.missing(from: $0).map(LookupAPI.MissingFile.init) },
            missingReferences: { sources.missingReferences(from: $0).map(LookupAPI.MissingFile.init) },
            logger: boot.logger)
        let logger = boot.logger
        let accounts = boot.link(to: .accounts)
        let licence = LicenceWatch(gate, accounts: AccountsAPI.Client(accounts.channel), logger: logger)
        return Composition(routes: LookupAPI.routes(handler), children: [watch, licence]) {
            await accounts.close()
            do {
                try texts?.close()
            } catch {
                logger.error("the store of editors' texts did not close", metadata: ["cause": "\(error)"])
            }
        }
    }

    /// Editors' texts are no reason to serve no codes: without their store pages are composed.
    private static func openTexts(_ boot: Boot) -> EditorTextStore? {
        do {
            return try EditorTextStore(path: boot.settings.storeFolder(of: .lookup) + "/texts.sqlite")
        } catch {
            boot.logger.error("editors' texts cannot be used", metadata: ["cause": "\(error)"])
            return nil
        }
    }
}
