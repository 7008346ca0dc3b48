import HTTPTypes
import Hummingbird
import NIOCore
import Runtime

/// The network that a request came from: the socket's other end, or, when that is a proxy which the operator trusts, the
/// last address in `X-Forwarded-For` that no trusted proxy wrote down for another proxy.
struct ReaderNetwork: Sendable {
    /// Proxies in a row beyond this are not followed.
    private static let maximumHops = 16

    let trustedProxies: [NetworkPrefix]

    /// The prefix; empty when it is not known (then nothing is counted for a network).
    func prefix(of request: Request, peer: SocketAddress?) -> String {
        guard let address = peer?.ipAddress.flatMap({ NetworkAddress($0) }) else { return "" }
        let peerPrefix = address.ownerNetwork.description
        guard isTrusted(address) else { return peerPrefix }
        let hops = request.headers[values: .forwardedFor].flatMap { $0.split(separator: ",") }
        for hop in hops.suffix(Self.maximumHops).reversed() {
            guard let hop = NetworkAddress(hop.filter { $0 != " " && $0 != "\t" }) else { return peerPrefix }
            guard isTrusted(hop) else { return hop.ownerNetwork.description }
        }
        return peerPrefix
    }

    private func isTrusted(_ address: NetworkAddress) -> Bool {
        trustedProxies.contains { $0.contains(address) }
    }
}
