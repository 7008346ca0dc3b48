/// Counts the connections of a server: at most so many in all, and at most so many of one peer, so that one misled client cannot take them
/// all. Loopback is not counted by peer: every program of a machine comes from there.
struct PeerConnections {
    private let limit: Int
    private let limitPerPeer: Int
    private(set) var count = 0
    private var byPeer: [String: Int] = [:]

    init(limits: Limits) {
        limit = limits.connections
        limitPerPeer = limits.connectionsPerPeer
    }

    /// Counts a connection; false when it is one too many.
    ///
    /// - Parameter peer: the address without the port; nil for loopback and unix sockets.
    mutating func admits(_ peer: String?) -> Bool {
        guard count < limit else { return false }
        if let peer {
            guard byPeer[peer, default: 0] < limitPerPeer else { return false }
            byPeer[peer, default: 0] += 1
        }
        count += 1
        return true
    }

    /// A connection that was admitted has ended.
    mutating func left(_ peer: String?) {
        count -= 1
        guard let peer, let known = byPeer[peer] else { return }
        byPeer[peer] = known > 1 ? known - 1 : nil
    }
}
