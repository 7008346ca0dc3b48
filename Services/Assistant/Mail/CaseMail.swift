import Contracts
import Logging
import Mail
import Runtime
import ServiceLifecycle

/// What CaseConsultant runs: the ports at which mail comes in, the worker, and the postman.
struct CaseMail {
    /// Arrivals that are remembered while the worker is busy: one is enough, since a round takes all that are due.
    private static let waking = 1

    /// Where cases are mailed to; empty: no mail is taken.
    let address: String
    let children: [any Service]

    /// - Throws: `OutgoingMail.Fault` when the settings of outgoing mail cannot be followed.
    init(_ boot: Boot, pilot: PilotHandler, senders: any SenderDirectory) throws {
        let settings = boot.settings
        let outgoing = try OutgoingMail(settings)
        let listens = [settings[.caseSMTP], settings[.caseLMTP]].contains { $0 != nil }
        let named = settings[.caseAddress]
        let address = (named.isEmpty ? "case@\(outgoing.sender.domain)" : named).lowercased()
        let policy = MailPolicy(
            address: address, identifiers: settings[.caseIdentifiers], strangers: settings[.caseStrangers],
            trustedServer: settings[.caseTrustedServer])
        let (arrivals, arrived) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(Self.waking))
        let intake = CaseIntake(
            store: pilot.store, policy: policy, surroundings: pilot.surroundings, logger: boot.logger,
            arrived: { arrived.yield() })
        let worker = CaseWorker(
            store: pilot.store, answerer: pilot.answerer, quota: pilot.quota, senders: senders, policy: policy,
            letters: CaseLetters(origin: settings.origin.description), surroundings: pilot.surroundings,
            logger: boot.logger, arrivals: arrivals, wake: { arrived.yield() })
        let now = pilot.surroundings.now
        let postman = Postman(
            store: pilot.store.store, composer: MailComposer(from: outgoing.sender), delivery: outgoing.delivery,
            now: now,
            logger: boot.logger)
        let ports = [(MailSession.Dialect.smtp, settings[.caseSMTP]), (.lmtp, settings[.caseLMTP])]
        let listeners = ports.compactMap { dialect, port in
            port.map {
                MailListener(
                    dialect: dialect, address: $0, host: outgoing.sender.domain, mostBytes: settings[.caseBytes],
                    intake: intake, logger: boot.logger)
            }
        }
        self.address = listens ? address : ""
        children = [postman, worker] + listeners
    }
}
