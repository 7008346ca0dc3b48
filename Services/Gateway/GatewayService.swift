import Contracts
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import RPC
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
        let clients = [ProgramName.lookup, .accounts, .assistant, .jobs].map { program in
            Client(
                configuration: ClientConfiguration(
                    target: settings.address(of: program).description, name: ProgramName.gateway.executable,
                    schemaHash: Contract.hash))
        }
        let channels = GatewayChannels(
            lookup: clients[0], accounts: clients[1], assistant: clients[2], jobs: clients[3])
        let configuration = GatewayConfiguration(
            publicOrigin: settings.origin, signingKey: key, trustedProxies: settings[.trustedProxies])
        let address = settings.listenAddress(of: .gateway)
        let readiness = boot.readiness
        readiness.require(condition)
        let application = try GatewayApplication.make(
            configuration: configuration, channels: channels,
            address: .hostname(address.host, port: address.port),
            onServerRunning: { _ in readiness.report(condition) }, logger: boot.logger)
        let watches: [any ServiceLifecycle.Service] = [
            DependencyWatch(.lookup, channel: clients[0], readiness: readiness),
            DependencyWatch(.accounts, channel: clients[1], readiness: readiness),
            DependencyWatch(.assistant, channel: clients[2], readiness: readiness),
            DependencyWatch(.jobs, channel: clients[3], readiness: readiness),
        ]
        return Composition(children: watches + [application]) {
            for client in clients { await client.close() }
        }
    }
}
