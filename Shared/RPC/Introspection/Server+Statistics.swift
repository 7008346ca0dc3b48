import NIOCore

/// One connection of a server, as it is now.
package struct ConnectionStatistics: Sendable, Equatable {
    package let peer: String
    package let caller: Caller
    /// Calls that are open.
    package let streams: Int
    /// Bytes that wait to be written.
    package let waiting: Int
    /// Bytes of streams that the peer still takes on this connection.
    package let credit: Int
    package let age: Duration
}

extension Server {
    /// The connections that are open, at most so many.
    package func connectionStatistics(atMost limit: Int) async -> [ConnectionStatistics] {
        var found: [ConnectionStatistics] = []
        for connection in connections.prefix(limit) {
            do {
                found.append(try await connection.executor.loop.submit { connection.statistics }.get())
            } catch {
                // Its event loop has stopped: there is nothing left to say of it.
                continue
            }
        }
        return found
    }
}

extension ServerConnection {
    /// On its event loop.
    var statistics: ConnectionStatistics {
        ConnectionStatistics(
            peer: peer, caller: caller, streams: machine.openCalls, waiting: outbox.waiting,
            credit: outbox.connectionCredit, age: .nanoseconds((NIODeadline.now() - began).nanoseconds))
    }
}
