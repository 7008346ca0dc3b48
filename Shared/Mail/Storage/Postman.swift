package import Logging
import Metrics
import ServiceLifecycle
package import Storage

/// Sends what stands in a store's outbox, one message after another, until shutdown.
///
/// A message is handed over first and noted as sent then: a crash in between sends it again, with the same Message-ID, by
/// which the receiving side may drop it.
package struct Postman: Service {
    /// Between two looks at the outbox when nothing waits.
    static let interval = Duration.seconds(2)
    /// Messages taken at a look.
    static let batch = 50

    private let store: Store
    private let composer: MailComposer
    private let delivery: any MailDelivery
    private let now: @Sendable () -> Int64
    private let logger: Logger

    /// - Parameter now: seconds since 1970.
    package init(
        store: Store, composer: MailComposer, delivery: any MailDelivery, now: @escaping @Sendable () -> Int64,
        logger: Logger
    ) {
        self.store = store
        self.composer = composer
        self.delivery = delivery
        self.now = now
        self.logger = logger
    }

    /// Runs until shutdown; a failed round is logged and the next one tries again.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    if try await round() < Self.batch { try await Task.sleep(for: Self.interval) }
                } catch is CancellationError {
                    return
                } catch {
                    logger.warning("mail could not be sent", metadata: ["cause": "\(error)"])
                    try? await Task.sleep(for: Self.interval)
                }
            }
        }
    }

    /// One look at the outbox; how many messages were due.
    package func round() async throws -> Int {
        let time = now()
        try measure(at: time)
        let due = try store.read { database in try Outbox.due(at: time, limit: Self.batch, in: database) }
        for mail in due {
            try Task.checkCancellation()
            let bytes = composer.compose(mail.message, date: mail.createdAt)
            do {
                try await delivery.deliver(bytes, from: composer.from.address, to: mail.message.recipient)
            } catch {
                try await noteFailure(mail, error)
                continue
            }
            let id = mail.message.id
            let time = now()
            try await store.writer.write { database in try Outbox.noteSent(id, at: time, in: database) }
            Counter(label: "mail_sent", dimensions: [("kind", mail.message.kind)]).increment()
        }
        return due.count
    }

    private func measure(at time: Int64) throws {
        let queue = try store.read { database in try Outbox.waiting(in: database) }
        Meter(label: "mail_outbox_waiting").set(queue.count)
        Meter(label: "mail_outbox_oldest_seconds").set(queue.oldest.map { max(0, time - $0) } ?? 0)
    }

    private func noteFailure(_ mail: WaitingMail, _ failure: MailDeliveryError) async throws {
        let time = now()
        try await store.writer.write { database in
            try Outbox.noteFailure(mail, failure, at: time, in: database)
        }
        let outcome = failure.isPermanent ? "bounced" : "retried"
        Counter(label: "mail_not_sent", dimensions: [("kind", mail.message.kind), ("outcome", outcome)]).increment()
        logger.warning(
            "a message was not taken",
            metadata: [
                "kind": "\(mail.message.kind)", "code": "\(failure.code)", "cause": "\(failure.message)",
                "outcome": "\(outcome)",
            ])
    }
}
