import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
package import Runtime
import ServiceLifecycle

/// The composition root: settings in, the public port and its clients out.
package enum GatewayService {
    /// The file with the signing key, in Gateway's own folder.
    private static let keyFile = "signing.key"
    /// The condition of readiness that holds while the public port is open.
    private static let condition = "http"

    /// Builds Gateway from its settings.
    ///
    /// The services may be away: their absence shows in `/readyz` and on the pages that need them, and passes by itself.
    /// - Throws: when the signing key, a template or an asset cannot be read.
    package static func compose(_ boot: Boot) async throws -> Composition {
        let settings = boot.settings
        let key = try KeyFile.read(orMakeAt: "\(settings.storeFolder(of: .gateway))/\(keyFile)")
        let links = [ProgramName.lookup, .accounts, .assistant, .jobs].map(boot.link)
        let channels = GatewayChannels(
            lookup: links[0].channel, accounts: links[1].channel, assistant: links[2].channel,
            jobs: links[3].channel)
        var limits = EdgeLimits()
        limits.maximumConnections = FileLimit.connections(wanted: limits.maximumConnections)
        let configuration = GatewayConfiguration(
            publicOrigin: settings.origin, signingKey: key, trustedProxies: settings[.trustedProxies],
            crossOrigins: settings[.crossOrigins],
            rates: (settings[.networkRate], settings[.credentialRate]), certificates: settings[.httpsFolder],
            limits: limits)
        let address = settings.listenAddress(of: .gateway)
        let readiness = boot.readiness
        readiness.require(condition)
        let application = try GatewayApplication.make(
            configuration: configuration, channels: channels,
            address: .hostname(address.host, port: address.port),
            onServerRunning: { _ in readiness.report(condition) }, logger: boot.logger)
        let watches: [any ServiceLifecycle.Service] = [
            DependencyWatch(.lookup, channel: links[0].channel, readiness: readiness),
            DependencyWatch(.accounts, channel: links[1].channel, readiness: readiness),
            DependencyWatch(.assistant, channel: links[2].channel, readiness: readiness),
            DependencyWatch(.jobs, channel: links[3].channel, readiness: readiness),
        ]
        return Composition(children: watches + [application]) {
            for link in links { await link.close() }
        }
    }
}
