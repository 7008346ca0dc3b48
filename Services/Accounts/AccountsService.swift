import Contracts
import Logging
package import Runtime
import Storage

/// The composition root of Accounts: settings → store → domain → handler.
package enum AccountsService {
    /// Opens the store, starts the hashing thread, and names what is served.
    ///
    /// - Throws: `StorageError` when the store cannot be opened; its message says what to do.
    package static func compose(_ boot: Boot) async throws -> Composition {
        let path = boot.settings.storeFolder(of: .accounts) + "/accounts.sqlite"
        let store = try Store(StoreConfiguration(path: path, migrations: AccountsSchema.migrations))
        let passwords = try PasswordWork()
        let handler = AccountsHandler(
            store: store, passwords: passwords, networkCeiling: boot.settings[.guestNetworkCeiling],
            logger: boot.logger)
        let housekeeping = Housekeeping(accounts: AccountStore(store), clock: .system, logger: boot.logger)
        let logger = boot.logger
        return Composition(routes: AccountsAPI.routes(handler), children: [housekeeping]) {
            passwords.close()
            do {
                try store.close()
            } catch {
                logger.error("the store did not close", metadata: ["cause": "\(error)"])
            }
        }
    }
}
