import Contracts
import Logging
package import Runtime

/// The composition root of Assistant: settings → stores → answers → handlers.
package enum AssistantService {
    /// Opens the stores, takes known documents that were pulled, and names what is served.
    ///
    /// - Throws: `StorageError` when a store cannot be opened, `OutgoingMail.Fault` when mail cannot be sent as set,
    ///   `ChatEndpoint.Fault` when the language model cannot be used as set; each says what to do.
    package static func compose(_ boot: Boot) async throws -> Composition {
        let lookup = boot.link(to: .lookup)
        let accounts = boot.link(to: .accounts)
        let folder = boot.settings.storeFolder(of: .assistant)
        let store = try PilotStore(path: folder + "/assistant.sqlite")
        let knowledge = try KnowledgeStore(path: folder + "/knowledge.sqlite")
        let logger = boot.logger
        let pilot = PilotHandler(
            lookup: lookup.channel, accounts: accounts.channel, store: store, knowledge: knowledge,
            model: try ChatEndpoint(boot.settings), logger: logger)
        let library = KnowledgeHandler(
            store: knowledge, sources: boot.settings[.dataFolder] + "/sources", logger: logger)
        await library.takeKnown()
        let mail = try CaseMail(boot, pilot: pilot, senders: AccountsSenders(accounts.channel))
        let consultant = ConsultantHandler(
            store: store, origin: boot.settings.origin.description, address: mail.address, logger: logger)
        return Composition(
            routes: AssistantAPI.routes(pilot) + KnowledgeAPI.routes(library)
                + ConsultantAPI.routes(consultant),
            children: [
                Housekeeping(
                    store: store, accountDays: boot.settings[.conversationDays], surroundings: .system, logger: logger)
            ] + mail.children
        ) {
            await lookup.close()
            await accounts.close()
            for close in [store.close, knowledge.close] {
                do { try close() } catch {
                    logger.error("a store did not close", metadata: ["cause": "\(error)"])
                }
            }
        }
    }
}
