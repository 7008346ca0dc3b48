import Crypto
import Logging
import Metrics
import Runtime

/// Takes a message that a server hands over: reads it, removes what identifies a patient, and keeps the case. What is acknowledged is on
/// the disk; the message itself never is.
struct CaseIntake: Sendable {
    let store: PilotStore
    let policy: MailPolicy
    let surroundings: Surroundings
    let logger: Logger
    /// Wakes the worker.
    let arrived: @Sendable () -> Void

    /// The reply to the sending server.
    func take(_ envelope: MailSession.Envelope, _ bytes: [UInt8]) async -> String {
        let mail: IncomingMail
        do { mail = try MIMEReader.read(bytes) } catch {
            count("unreadable")
            return "554 5.6.0 \(error.rawValue)"
        }
        // Accepted and dropped: a refusal would make the sender's server write to a machine.
        guard !AutomaticMail.isAutomatic(mail, envelopeSender: envelope.sender) else {
            count("automatic")
            return "250 2.0.0 taken, not answered"
        }
        guard !mail.references.contains(where: { $0 == mail.messageID }), mail.from != policy.address else {
            count("loop")
            return "250 2.0.0 taken, not answered"
        }
        do {
            return try await keep(mail, bytes)
        } catch {
            logger.error("a case could not be kept", metadata: ["cause": "\(error)"])
            count("failed")
            return "451 4.3.0 not just now; try again later"
        }
    }

    private func keep(_ mail: IncomingMail, _ bytes: [UInt8]) async throws -> String {
        let whole = mail.subject + "\n" + mail.text
        let holdsIdentifiers = !IdentifierScanner.identifiers(in: whole).isEmpty
        let isRefused = holdsIdentifiers && policy.identifiers == .refuse
        let id = surroundings.newID()
        let row = CaseRow(
            id: id, sender: mail.from, subject: String(IdentifierScanner.redacted(mail.subject).prefix(200)),
            text: isRefused ? "" : IdentifierScanner.redacted(mail.text),
            // A message without an id is the same message when its bytes are.
            messageID: mail.messageID.isEmpty ? Array(SHA256.hash(data: bytes)).hexadecimal : mail.messageID,
            references: mail.references.suffix(20).joined(separator: " "), receivedAt: surroundings.now(),
            reason: isRefused ? Self.identifierReason : "", isRedacted: holdsIdentifiers,
            verdict: AuthenticationVerdict.read(mail, trusting: policy.trustedServer))
        switch try await store.arrive(row) {
        case .taken:
            count("taken")
            arrived()
            return "250 2.0.0 taken as \(id)"
        case .known:
            count("known")
            return "250 2.0.0 taken before"
        case .tooMany:
            count("too_many")
            return "450 4.7.1 too many from this sender; try again later"
        }
    }

    static let identifierReason =
        "It held what identifies a patient, so nothing of it was kept. Send it again without that."

    private func count(_ outcome: String) {
        Counter(label: "cases_arrived", dimensions: [("outcome", outcome)]).increment()
    }
}
