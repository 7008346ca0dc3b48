package import Calendar
package import Logging
package import Mail

extension JobsStore {
    /// What sends the mails that wait in the store.
    package func postman(_ outgoing: OutgoingMail, clock: WallClock, logger: Logger) -> Postman {
        Postman(
            store: store, composer: MailComposer(from: outgoing.sender), delivery: outgoing.delivery,
            now: { clock.now.seconds }, logger: logger)
    }
}
