import Logging
import NIOCore
import NIOSSL

/// How a server knows who calls over TCP.
package enum ServerSecurity: Sendable {
    /// It does not: callers are anonymous.
    case plaintext
    /// TLS, and each caller shows a certificate that the identity's authorities signed.
    case mutual(TLSIdentity)
    /// TLS without certificates of callers: they are anonymous unless they bring a token.
    case tls(TLSIdentity)

    /// Adds what stands between socket and protocol.
    ///
    /// - Throws: `TLSFailure` when the identity has no certificate.
    func addHandlers(to pipeline: ChannelPipeline, logger: Logger) throws {
        let identity: TLSIdentity
        let isAsking: Bool
        switch self {
        case .plaintext: return
        case .mutual(let own): (identity, isAsking) = (own, true)
        case .tls(let own): (identity, isAsking) = (own, false)
        }
        let context = try identity.serverContext(askingForCertificates: isAsking)
        try pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
        try pipeline.syncOperations.addHandler(
            PeerGate(isAsking ? .callerName : .nothing) { failure in
                logger.info("connection refused", metadata: ["cause": "\(failure)"])
            })
    }
}
