package import Hummingbird
package import HummingbirdCore
package import Logging
package import NIOCore
import Runtime

/// The public port, built the same way for the program and for tests.
package enum GatewayApplication {
    /// Longest header field, all of a request's header fields together, and their number: cookies, a bearer token and
    /// what proxies add fit many times over.
    private static let headerLimits = HTTP1Channel.Configuration.DecoderConfiguration(
        maxHeaderFieldSize: 16 * 1024, maxHeaderListSize: 32 * 1024, maxHeaderFieldCount: 100)

    /// A connection on which nothing moves for that long is closed.
    private static let idleTimeout = TimeAmount.seconds(60)

    /// The application, ready to run in a service group.
    /// - Throws: when a template or an asset cannot be read.
    package static func make(
        configuration: GatewayConfiguration, channels: GatewayChannels, address: BindAddress,
        onServerRunning: @escaping @Sendable (any Channel) async -> Void = { _ in }, logger: Logger
    ) throws -> some ApplicationProtocol {
        let site = try Site(configuration: configuration, channels: channels)
        let router = Router(context: GatewayContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: MetricsMiddleware())
        router.add(
            middleware: EdgeMiddleware(
                surroundings: configuration.surroundings, isSecure: configuration.publicOrigin.isSecure,
                failurePages: FailurePages(renderer: site.renderer)))
        CodePages(site: site).add(to: router)
        SearchPages(site: site).add(to: router)
        AccountPages(site: site).add(to: router)
        RecoveryPages(site: site).add(to: router)
        PilotPages(site: site).add(to: router)
        ErrorLogPages(site: site).add(to: router)
        PlainPages(site: site).add(to: router)
        CodeEndpoint(site: site).add(to: router)
        ExplainEndpoint(site: site).add(to: router)
        SessionEndpoints(site: site).add(to: router)
        RelayEndpoints(channels: channels).add(to: router)
        HealthEndpoints(services: site.services).add(to: router)
        return Application(
            router: router,
            server: .http1(
                configuration: HTTP1Channel.Configuration(
                    idleTimeout: idleTimeout, httpDecoderConfiguration: headerLimits)),
            configuration: ApplicationConfiguration(address: address, serverName: nil),
            onServerRunning: onServerRunning,
            logger: logger)
    }
}
