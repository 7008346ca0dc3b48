import Synchronization

/// Whether the operator's licence for CPT is in force now. Closed until something says so.
final class LicenceGate: Sendable {
    private let state = Mutex(false)

    init() {}

    /// Licensed editions may be used.
    var isOpen: Bool { state.withLock { $0 } }

    /// Opens or closes it; takes effect with the next question.
    func set(_ isOpen: Bool) { state.withLock { $0 = isOpen } }
}
