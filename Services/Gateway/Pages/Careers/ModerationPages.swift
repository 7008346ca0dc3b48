import Contracts
import HTTPTypes
import Hummingbird
import RPC

/// What waits for the moderators of CareerCenter.
struct ModerationPages: Sendable {
    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.get("/admin/careers", use: queue)
        router.post("/admin/careers/:id", use: judge)
    }

    @Sendable func queue(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.careersPage(request, context) { account in try await page(account, nil, request, context) }
    }

    @Sendable func judge(_ request: Request, context: GatewayContext) async throws -> Response {
        let fields = try await PostedForm(request, tokens: site.forms).fields
        let id = try site.segment("id", context)
        return try await site.careersPage(request, context, back: "/admin/careers") { account in
            let failure = try await site.careersAttempt { () throws(ServiceError) in
                _ = try await site.services.moderation.moderateJob(
                    ModerationAPI.ModerateJobRequest(
                        id: id, verdict: fields["verdict"], reason: fields["reason"],
                        revision: UInt32(fields["revision"]) ?? 0), options: site.jobsOptions(account, context))
            }
            if let failure { return try await page(account, failure, request, context) }
            return site.seeOther("/admin/careers")
        }
    }

    private func page(
        _ account: AccountsAPI.Account, _ failure: Failure?, _ request: Request, _ context: GatewayContext
    ) async throws -> Response {
        let reply = try await asking(.jobs) { () throws(ServiceError) in
            try await site.services.moderation.listModeration(
                ModerationAPI.ListModerationRequest(pageToken: site.query(of: request)["page_token"]),
                options: site.jobsOptions(account, context))
        }
        let view = ModerationView(
            reply, csrf: site.forms.token(for: request, context: context), problem: failure?.message ?? "")
        return site.careersReply(
            .moderation, title: "Postings that wait", view: view, account: account, failure: failure, request: request,
            context: context)
    }
}
