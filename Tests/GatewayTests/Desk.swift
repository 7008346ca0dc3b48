import Contracts
import Gateway
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import RPC
import Runtime

/// Gateway as the program builds it, on services that stand for the real processes.
struct Desk {
    let lookup = LookupDouble()
    let accounts = AccountsDouble()
    let assistant = AssistantDouble()
    var origin = "http://127.0.0.1:8080"
    var isLookupServing = true
    var trustedProxies: [String] = []
    /// Accounts as the program serves it, instead of the double.
    var realAccounts: RealAccounts?
    var crossOrigins: [String] = []
    /// Requests a minute of a network, and of a session or key.
    var rates = (0, 0)
    var limits = EdgeLimits()
    var certificates: String?
    /// Jobs as the program serves it, instead of the double.
    var realJobs: RealJobs?

    /// The application with a key of its own.
    func application(port: Int = 0) throws -> some ApplicationProtocol {
        let key = SigningKey(bytes: (0..<32).map { UInt8($0) })!
        let configuration = GatewayConfiguration(
            publicOrigin: Origin(origin)!, signingKey: key,
            trustedProxies: trustedProxies.compactMap { NetworkPrefix($0) },
            crossOrigins: crossOrigins.compactMap { Origin($0) }, rates: rates, certificates: certificates,
            limits: limits)
        let health = HealthAPI.routes(HealthDouble(isServing: true))
        let channels = GatewayChannels(
            lookup: InProcessChannel(
                routes: LookupAPI.routes(lookup) + HealthAPI.routes(HealthDouble(isServing: isLookupServing))),
            accounts: InProcessChannel(routes: (realAccounts?.routes ?? AccountsAPI.routes(accounts)) + health),
            assistant: InProcessChannel(
                routes: AssistantAPI.routes(assistant) + ConsultantAPI.routes(ConsultantDouble()) + health),
            jobs: InProcessChannel(routes: (realJobs?.routes ?? JobsAPI.routes(JobsDouble())) + health))
        var logger = Logger(label: "gateway-tests")
        logger.logLevel = .critical
        return try GatewayApplication.make(
            configuration: configuration, channels: channels, address: .hostname("127.0.0.1", port: port),
            logger: logger)
    }

    /// Runs a visit against the router, without a socket.
    func visit(_ body: @escaping @Sendable (Browser) async throws -> Void) async throws {
        try await application().test(.router) { client in
            try await body(Browser(client))
        }
    }
}
