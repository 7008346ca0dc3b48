import Contracts
import HTTPTypes
import Hummingbird
import RPC

/// The audit log: who did what, when, oldest first.
struct AuditPages: Sendable {
    private static let pageSize: UInt32 = 100

    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.get("/admin/audit", use: show)
    }

    @Sendable func show(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.administering(request, context) { account in
            let query = site.query(of: request)
            var page: AdministrationAPI.AuditPage?
            let failure = try await site.attempt { () throws(ServiceError) in
                page = try await site.services.administration.readAudit(
                    AdministrationAPI.ReadAuditRequest(
                        after: Int64(query["after"]) ?? 0, pageSize: Self.pageSize, accountId: query["account"]),
                    options: context.options(for: account))
            }
            let view = AuditView(page, accountID: query["account"], problem: failure?.message)
            return site.accountReply(
                .audit, title: "Audit log", view: view, account: account, failure: failure, request: request,
                context: context)
        }
    }
}
