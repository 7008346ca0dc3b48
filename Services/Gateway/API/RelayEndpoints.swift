import Contracts
import HTTPTypes
import Hummingbird
import RPC

/// Calls that are free for everyone and pass as they are: bytes to bytes, by descriptor.
struct RelayEndpoints: Sendable {
    private static let headers: HTTPFields = [.contentType: "application/json", .cacheControl: "no-cache"]

    let channels: GatewayChannels

    func add(to router: Router<GatewayContext>) {
        relay(LookupAPI.Methods.search, to: .lookup, CallTimeouts.lookup, router)
        relay(LookupAPI.Methods.suggest, to: .lookup, CallTimeouts.lookup, router)
        relay(LookupAPI.Methods.listEditions, to: .lookup, CallTimeouts.lookup, router)
    }

    private func relay(
        _ method: Method, to service: ServiceName, _ timeout: Duration, _ router: Router<GatewayContext>
    ) {
        let route = ContractRoute(method)
        let channel = channels[service]
        route.add(to: router) { request, context in
            let message = try await route.message(from: request, context: context)
            let reply = try await asking(service) { () throws(ServiceError) in
                try await channel.call(method, bytes: message, options: context.options(timeout: timeout))
            }
            return JSONReply.make(try route.json(reply), headers: Self.headers)
        }
    }
}

extension GatewayChannels {
    fileprivate subscript(service: ServiceName) -> any RPCChannel {
        switch service {
        case .lookup: lookup
        case .accounts: accounts
        case .assistant: assistant
        case .jobs: jobs
        }
    }
}
