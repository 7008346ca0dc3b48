import NIOCore
import NIOSSL
import NIOTLS
import SwiftASN1
import X509

/// Stands behind the TLS handler: lets the connection go on once the peer is known, and says who it is (`Caller`, as a user event).
final class PeerGate: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer

    /// What the peer's certificate must hold.
    enum Demand {
        /// Nothing more than what TLS has checked.
        case nothing
        /// A name that is nobody else's: the caller's.
        case callerName
        /// This DNS name. TLS would also take a certificate for the address that was connected to, which every program on it may have.
        case host(String)
    }

    private let demand: Demand
    private let refused: (TLSFailure) -> Void

    /// - Parameter refused: told of a handshake that failed.
    init(_ demand: Demand, refused: @escaping (TLSFailure) -> Void = { _ in }) {
        self.demand = demand
        self.refused = refused
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case TLSUserEvent.handshakeCompleted(let negotiated) = event else {
            return context.fireUserInboundEventTriggered(event)
        }
        do throws(TLSFailure) {
            guard negotiated == TLSIdentity.applicationProtocol else {
                throw TLSFailure("the peer speaks TLS but not \(TLSIdentity.applicationProtocol)")
            }
            switch demand {
            case .nothing: break
            case .callerName:
                let name = try PeerGate.name(in: PeerGate.names(context.pipeline))
                context.fireUserInboundEventTriggered(Caller.certificate(name))
            case .host(let host): try PeerGate.check(host, in: PeerGate.names(context.pipeline))
            }
            context.pipeline.syncOperations.removeHandler(self, promise: nil)
        } catch {
            context.fireErrorCaught(error)
            refuse(error, context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.fireErrorCaught(error)
        refuse(TLSFailure(handshake: error), context)
    }

    private func refuse(_ failure: TLSFailure, _ context: ChannelHandlerContext) {
        refused(failure)
        context.close(promise: nil)
    }

    /// The alternative names (RFC 5280, 4.2.1.6) in the certificate that the peer showed.
    private static func names(_ pipeline: ChannelPipeline) throws(TLSFailure) -> SubjectAlternativeNames {
        let certificate: NIOSSLCertificate?
        do { certificate = try pipeline.syncOperations.nioSSL_peerCertificate() } catch { certificate = nil }
        guard let certificate else { throw TLSFailure("the peer showed no certificate") }
        do {
            return try Certificate(derEncoded: certificate.toDERBytes()).extensions.subjectAlternativeNames ?? .init()
        } catch {
            throw TLSFailure("the peer's certificate cannot be read")
        }
    }

    private static func check(_ host: String, in names: SubjectAlternativeNames) throws(TLSFailure) {
        for case .dnsName(let name) in names where name.lowercased() == host.lowercased() { return }
        throw TLSFailure("the server's certificate is not for \(host)")
    }

    /// The first URI, else the first DNS name.
    private static func name(in names: SubjectAlternativeNames) throws(TLSFailure) -> String {
        var host: String?
        for name in names {
            switch name {
            case .uniformResourceIdentifier(let text): return try vouched(text)
            case .dnsName(let text): host = host ?? text
            default: continue
            }
        }
        guard let host else { throw TLSFailure("the peer's certificate names neither a URI nor a DNS name") }
        return try vouched(host)
    }

    /// A certificate's name must not be one that another kind of caller has in an allow-list.
    private static func vouched(_ name: String) throws(TLSFailure) -> String {
        let reserved = ["*", Caller.anonymous.name, Caller.inProcess.name]
        guard !reserved.contains(name), !name.hasPrefix("uid:"), !name.hasPrefix("token:") else {
            throw TLSFailure("the peer's certificate has a name that is reserved (\(name))")
        }
        return name
    }
}
