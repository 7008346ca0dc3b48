import Calendar
import Contracts
import Foundation
import Logging
import Mail
package import RPC
package import Runtime
import Storage

/// The composition root of Accounts: settings → store → domain → handler.
package enum AccountsService {
    /// Opens the store, starts the hashing thread, and names what is served.
    ///
    /// - Throws: `StorageError` when the store cannot be opened; its message says what to do.
    package static func compose(_ boot: Boot) async throws -> Composition {
        let settings = boot.settings
        let path = settings.storeFolder(of: .accounts) + "/accounts.sqlite"
        let store = try Store(StoreConfiguration(path: path, migrations: AccountsSchema.migrations))
        let passwords = try PasswordWork()
        let handler = AccountsHandler(
            store: store, passwords: passwords, letters: try Letters(origin: settings.origin.description),
            limits: AccountsLimits(
                guestGrants: settings[.guestNetworkCeiling], registrations: settings[.registrationNetworkCeiling]),
            payments: try PaymentProvider(settings), logger: boot.logger)
        let outgoing = try OutgoingMail(settings)
        let postman = Postman(
            store: store, composer: MailComposer(from: outgoing.sender), delivery: outgoing.delivery,
            now: { WallClock.system.now.seconds }, logger: boot.logger)
        let logger = boot.logger
        return Composition(
            routes: routes(handler),
            children: [
                Housekeeping(handler, retention: Retention(settings), logger: boot.logger),
                Reconciliation(handler.ledger, logger: boot.logger), postman,
            ]
        ) {
            passwords.close()
            do {
                try store.close()
            } catch {
                logger.error("the store did not close", metadata: ["cause": "\(error)"])
            }
        }
    }

    /// All that Accounts serves.
    package static func routes(_ handler: AccountsHandler) -> [Route] {
        let me = MeHandler(handler)
        return AccountsAPI.routes(handler) + MeAPI.routes(me) + DeskAPI.routes(DeskHandler(me))
            + AdministrationAPI.routes(AdministrationHandler(handler)) + StandingAPI.routes(StandingHandler(handler))
            + OrganisationsAPI.routes(OrganisationsHandler(me)) + BillingAPI.routes(BillingHandler(me))
    }
}
