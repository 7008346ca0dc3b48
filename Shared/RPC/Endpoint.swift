import NIOCore

/// One address that a target stands for.
struct Endpoint: Sendable, Hashable {
    /// The name it was found under, as the target says it.
    let host: String
    let address: SocketAddress

    /// "127.0.0.1:7101".
    var description: String { address.rpcDescription }
}
