import Synchronization
import Wire

/// Where a caller finds the metadata of a reply: put one into `CallOptions`, look when the call has ended or its first reply is there.
package final class ReplyMetadata: Sendable {
    private let state = Mutex((initial: Metadata(), trailing: Metadata()))

    package init() {}

    /// What the handler said before its first reply.
    package internal(set) var initial: Metadata {
        get { state.withLock { $0.initial } }
        set { state.withLock { $0.initial = newValue } }
    }

    /// What it said at the end.
    package internal(set) var trailing: Metadata {
        get { state.withLock { $0.trailing } }
        set { state.withLock { $0.trailing = newValue } }
    }

    /// What the wire brought; entries past the limits are dropped, for the reply stands without them.
    static func metadata(_ meta: [RPCHeaders.Meta]) -> Metadata {
        var metadata = Metadata()
        for entry in meta {
            do throws(ServiceError) { try metadata.add(entry.key, entry.value) } catch { continue }
        }
        return metadata
    }
}
