import NIOCore
import Synchronization

/// The slots of one client. What one of them learns of the server is good for all: without this, a server that is back would be
/// reached by calls on one event loop and not, for the length of a backoff, by those on another.
final class SlotFamily: Sendable {
    private struct Member {
        weak var slot: ClientSlot?
    }

    private let members = Mutex<[Member]>([])

    func adopt(_ slots: [ClientSlot]) { members.withLock { $0 = slots.map { Member(slot: $0) } } }

    /// Ends every backoff.
    func wakeUp() {
        for slot in members.withLock({ $0.compactMap(\.slot) }) { slot.loop.execute { slot.wakeUp() } }
    }
}
