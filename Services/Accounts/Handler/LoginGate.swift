import Calendar
import Synchronization

/// The throttle that all calls share.
final class LoginGate: Sendable {
    private let throttle = Mutex(LoginThrottle())

    /// Seconds to wait; 0: the try may be made now, and counts as failed until `succeeded` or `withdrawn`.
    func admit(_ address: EmailAddress, _ network: NetworkPrefix?, at now: UTCInstant) -> Int64 {
        throttle.withLock { $0.admit(address: address, network: network, at: now) }
    }

    func succeeded(_ address: EmailAddress, _ network: NetworkPrefix?) {
        throttle.withLock { $0.succeeded(address: address, network: network) }
    }

    func withdrawn(_ address: EmailAddress, _ network: NetworkPrefix?) {
        throttle.withLock { $0.withdrawn(address: address, network: network) }
    }

    func admitCode(_ account: AccountID, at now: UTCInstant) -> Int64 {
        throttle.withLock { $0.admitCode(account, at: now) }
    }

    func codeSucceeded(_ account: AccountID) {
        throttle.withLock { $0.codeSucceeded(account) }
    }
}
