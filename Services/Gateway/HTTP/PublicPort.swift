import HummingbirdCore
import HummingbirdHTTP2
import Logging
import NIOCertificateReloading
import NIOCore
import NIOSSL
import ServiceLifecycle

/// The server of the public port: HTTP/1.1, or HTTP/1.1 and HTTP/2 over TLS when there are certificates.
struct PublicPort: Sendable {
    /// Longest header field, all of a request's header fields together, and their number: cookies, a bearer token and
    /// what proxies add fit many times over.
    private static let headerLimits = HTTP1Channel.Configuration.DecoderConfiguration(
        maxHeaderFieldSize: 16 * 1024, maxHeaderListSize: 32 * 1024, maxHeaderFieldCount: 100)
    /// How often the certificate's files are looked at.
    private static let reloadInterval = Duration.seconds(10)

    let server: HTTPServerBuilder
    /// What has to run beside it.
    let services: [any Service]

    /// - Parameter certificates: the folder with `tls.crt` (the chain) and `tls.key`; nil: no TLS.
    /// - Throws: when the files cannot be read or do not fit together.
    init(limits: EdgeLimits, certificates: String?, logger: Logger) throws {
        let streams = HTTP1Channel.Configuration(
            additionalChannelHandlers: [ConnectionGuard(limits: limits)],
            idleTimeout: TimeAmount(limits.idleTimeout), httpDecoderConfiguration: Self.headerLimits)
        guard let certificates else {
            server = .http1(configuration: streams)
            services = []
            return
        }
        let reloader = try TimedCertificateReloader.makeReloaderValidatingSources(
            refreshInterval: Self.reloadInterval,
            certificateSource: .init(location: .file(path: "\(certificates)/tls.crt"), format: .pem),
            privateKeySource: .init(location: .file(path: "\(certificates)/tls.key"), format: .pem), logger: logger)
        var tls = try TLSConfiguration.makeServerConfiguration(certificateReloader: reloader)
        tls.minimumTLSVersion = .tlsv12
        let configuration = HTTP2ChannelConfiguration(
            idleTimeout: limits.idleTimeout, gracefulCloseTimeout: limits.writeTimeout, streamConfiguration: streams)
        server = HTTPServerBuilder { [tls] responder in
            HandshakeChannel(
                inner: try HTTP2UpgradeChannel(
                    tlsConfiguration: tls, configuration: configuration, responder: responder),
                timeout: limits.headTimeout)
        }
        services = [reloader]
    }
}
