import Contracts
import Logging
import RPC
import ServiceLifecycle

/// Asks Accounts whether a licence for CPT is in force, and opens or closes the gate. Accounts' silence changes nothing for
/// a day; then the gate closes: nobody knows any more whether the licence stands.
struct LicenceWatch: Service {
    /// A withdrawn licence hides its texts after at most this.
    private static let interval = Duration.seconds(30)
    private static let patience = Duration.seconds(24 * 60 * 60)

    private let gate: LicenceGate
    private let accounts: AccountsAPI.Client
    private let logger: Logger

    init(_ gate: LicenceGate, accounts: AccountsAPI.Client, logger: Logger) {
        self.gate = gate
        self.accounts = accounts
        self.logger = logger
    }

    /// Asks until the program stops.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            var answered = ContinuousClock.now
            while !Task.isCancelled {
                if await ask() {
                    answered = .now
                } else if answered.duration(to: .now) > Self.patience, gate.terms != nil {
                    logger.warning("CPT is hidden: Accounts has not answered for a day")
                    gate.set(nil)
                }
                do { try await Task.sleep(for: Self.interval) } catch { return }
            }
        }
    }

    /// - Returns: false when Accounts gave no answer.
    func ask() async -> Bool {
        do {
            let licence = try await accounts.getLicence(
                AccountsAPI.GetLicenceRequest(system: CodeSystem.cpt.rawValue),
                options: CallOptions(timeout: .seconds(5)))
            let terms = LicenceGate.Terms(firstYear: Int(licence.firstYear), lastYear: Int(licence.lastYear))
            let now = licence.status == "active" ? terms : nil
            if now != gate.terms {
                logger.info("the licence for CPT has another state", metadata: ["status": "\(licence.status)"])
                gate.set(now)
            }
            return true
        } catch {
            logger.debug("Accounts did not say whether a licence is in force", metadata: ["kind": "\(error.kind)"])
            return false
        }
    }
}
