import NIOSSL

/// Why an identity or a handshake is no good; a sentence for an operator.
package struct TLSFailure: Error, Sendable, Equatable, CustomStringConvertible {
    package var description: String

    package init(_ description: String) { self.description = description }

    /// What went wrong in a handshake, in few words. The names of BoringSSL's reasons are kept: they are what one searches for.
    init(handshake error: any Error) {
        switch error {
        case let failure as TLSFailure: self = failure
        case NIOSSLError.handshakeFailed(.sslError(let stack)):
            self.init(stack.first.map { "\($0)" } ?? "the handshake failed")
        case NIOSSLError.uncleanShutdown: self.init("the peer hung up")
        case let extra as NIOSSLExtraError where extra == .failedToValidateHostname:
            self.init("the certificate is another's (\(extra))")
        default: self.init("\(error)")
        }
    }
}
