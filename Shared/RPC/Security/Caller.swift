/// Who calls, as the connection or a filter vouches for it. What a call says of itself (`CallContext.principal`) is another thing.
package enum Caller: Sendable, Hashable {
    /// Nothing vouches for it: plain TCP.
    case anonymous
    /// The same process.
    case inProcess
    /// The holder of a certificate that our authority signed; its name is the first URI, else the first DNS name, among the
    /// subject's alternative names.
    case certificate(String)
    /// A user of this host, by the kernel's word about the peer of a unix socket.
    case user(UInt32)
    /// The holder of a token, by the name that the token was given.
    case token(String)

    /// How allow-lists, logs and refusals name it: "gateway", "uid:1000", "token:nightly", "anonymous".
    package var name: String {
        switch self {
        case .anonymous: "anonymous"
        case .inProcess: "in-process"
        case .certificate(let name): name
        case .user(let id): "uid:\(id)"
        case .token(let name): "token:\(name)"
        }
    }
}
