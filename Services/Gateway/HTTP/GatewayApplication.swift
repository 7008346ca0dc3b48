package import Hummingbird
package import HummingbirdCore
package import Logging
package import NIOCore
import Runtime

/// The public port, built the same way for the program and for tests.
package enum GatewayApplication {
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
                failurePages: FailurePages(renderer: site.renderer),
                origins: CrossOrigin(origins: configuration.crossOrigins),
                rates: RateLimits(
                    network: configuration.rates.network, credential: configuration.rates.credential,
                    readerNetwork: site.metering.network, sessionCookie: site.names.session,
                    surroundings: configuration.surroundings)))
        router.add(middleware: CompressionMiddleware())
        router.add(middleware: ContractMiddleware(site: site, channels: channels))
        router.add(middleware: FHIREndpoint(site: site))
        CodePages(site: site).add(to: router)
        SearchPages(site: site).add(to: router)
        CasePages(site: site).add(to: router)
        ClaimPages(site: site).add(to: router)
        ReferencePages(site: site).add(to: router)
        AccountPages(site: site).add(to: router)
        OverviewPages(site: site).add(to: router)
        DeskPages(site: site).add(to: router)
        SecurityPages(site: site).add(to: router)
        KeyPages(site: site).add(to: router)
        OwnDataPages(site: site).add(to: router)
        TermsPages(site: site).add(to: router)
        OrganisationPages(site: site).add(to: router)
        InvitationPages(site: site).add(to: router)
        BillingPages(site: site).add(to: router)
        PaymentEvents(site: site).add(to: router)
        AdministrationPages(site: site).add(to: router)
        OfferPages(site: site).add(to: router)
        LicencePages(site: site).add(to: router)
        AuditPages(site: site).add(to: router)
        RecoveryPages(site: site).add(to: router)
        PilotPages(site: site).add(to: router)
        ErrorLogPages(site: site).add(to: router)
        ConsultantPages(site: site).add(to: router)
        PlainPages(site: site).add(to: router)
        OpenAPIEndpoint(site: site).add(to: router)
        CareersPages(site: site).add(to: router)
        ApplicationPages(site: site).add(to: router)
        SeekerPages(site: site).add(to: router)
        EmployerPages(site: site).add(to: router)
        PostingPages(site: site).add(to: router)
        ModerationPages(site: site).add(to: router)
        CareersFiles(site: site).add(to: router)
        ClinicalTables(site: site).add(to: router)
        HealthEndpoints(services: site.services).add(to: router)
        let port = try PublicPort(
            limits: configuration.limits, certificates: configuration.certificates, logger: logger)
        return Application(
            router: router, server: port.server,
            configuration: ApplicationConfiguration(
                address: address, serverName: nil,
                availableConnectionsDelegate: .maximum(configuration.limits.maximumConnections, logger: logger)),
            services: [site.streams] + port.services, onServerRunning: onServerRunning, logger: logger)
    }
}
