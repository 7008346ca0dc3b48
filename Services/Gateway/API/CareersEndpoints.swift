import Contracts
import HTTPTypes
import Hummingbird
import RPC
import Schema

/// CareerCenter as JSON: every call of its contracts that has an address, bytes to bytes by descriptor, on behalf of whoever
/// sends a bearer token. Reading may be done with a session's cookie too; writing may not, so that no other site's page
/// can write in a reader's name.
struct CareersEndpoints: Sendable {
    let site: Site
    let channel: any RPCChannel

    func add(to router: Router<GatewayContext>) {
        let methods =
            JobsAPI.Methods.all + EmployersAPI.Methods.all + SeekersAPI.Methods.all + ModerationAPI.Methods.all
        for method in methods where Contract.schema.methods[method.fullName]?.http.isEmpty == false {
            relay(method, router)
        }
    }

    private func relay(_ method: Method, _ router: Router<GatewayContext>) {
        let route = ContractRoute(method)
        route.add(to: router) { request, context in
            let message = try await route.message(from: request, context: context)
            let options = site.jobsOptions(try await account(request, context), context)
            let reply = try await asking(.jobs) { () throws(ServiceError) in
                try await channel.call(method, bytes: message, options: options)
            }
            return JSONReply.make(try route.json(reply))
        }
    }

    private func account(_ request: Request, _ context: GatewayContext) async throws -> AccountsAPI.Account? {
        if request.headers[.authorization] != nil {
            return try await site.readers.callingReader(of: request, context: context).account
        }
        guard request.method == .get || request.method == .head else { return nil }
        return try await site.readers.reader(of: request, context: context).account
    }
}
