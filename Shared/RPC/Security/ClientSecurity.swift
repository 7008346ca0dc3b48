import NIOCore
import NIOSSL

/// How a client makes sure whom it calls over TCP. A unix socket needs none of it: the path is the server's name.
package enum ClientSecurity: Sendable {
    /// It does not.
    case plaintext
    /// TLS; the server's certificate must hold this DNS name, nil: the host that is called, by name or by address.
    case tls(TLSIdentity, serverName: String?)

    /// Adds what stands between socket and protocol.
    ///
    /// - Parameter host: as the target says it.
    /// - Throws: an error of NIOSSL when the name is not one that TLS can carry.
    func addHandlers(to pipeline: ChannelPipeline, host: String) throws {
        guard case .tls(let identity, let serverName) = self else { return }
        let name = serverName ?? (ClientSecurity.isAddress(host) ? nil : host)
        try pipeline.syncOperations.addHandler(
            NIOSSLClientHandler(context: identity.clientContext, serverHostname: name))
        try pipeline.syncOperations.addHandler(PeerGate(serverName.map { .host($0) } ?? .nothing))
    }

    private static func isAddress(_ host: String) -> Bool {
        do {
            _ = try SocketAddress(ipAddress: host, port: 0)
            return true
        } catch {
            return false
        }
    }
}
