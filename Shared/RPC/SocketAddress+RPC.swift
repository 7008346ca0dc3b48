import NIOCore

extension SocketAddress {
    /// Whether it is an address of TCP, not a unix socket's.
    var isTCP: Bool { ipAddress != nil }

    /// The address without the port, by which connections are counted; nil for loopback and unix sockets.
    var countedPeer: String? {
        guard let address = ipAddress else { return nil }
        let isLoopback = address == "::1" || address.hasPrefix("127.") || address.hasPrefix("::ffff:127.")
        return isLoopback ? nil : address
    }

    /// "127.0.0.1:40312".
    var rpcDescription: String {
        guard let address = ipAddress, let port else { return "unix" }
        return address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)"
    }
}
