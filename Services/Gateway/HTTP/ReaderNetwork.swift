import HTTPTypes
import Hummingbird
import NIOCore

/// The network that a request came from: the socket's other end, or, when that is a proxy which the operator trusts, the
/// last address in `X-Forwarded-For` that no trusted proxy wrote down for another proxy.
struct ReaderNetwork: Sendable {
    /// Proxies in a row beyond this are not followed.
    private static let maximumHops = 16

    let trustedProxies: Set<String>

    /// The prefix; empty when it is not known (then nothing is counted for a network).
    func prefix(of request: Request, peer: SocketAddress?) -> String {
        guard let address = peer?.ipAddress else { return "" }
        let peerPrefix = NetworkPrefix(address: address)?.text ?? ""
        guard trustedProxies.contains(address) else { return peerPrefix }
        let hops = request.headers[values: .forwardedFor].flatMap { $0.split(separator: ",") }
        for hop in hops.suffix(Self.maximumHops).reversed() {
            let hop = String(hop.filter { $0 != " " && $0 != "\t" })
            guard trustedProxies.contains(hop) else {
                return NetworkPrefix(address: hop)?.text ?? peerPrefix
            }
        }
        return peerPrefix
    }
}
