import Contracts
import HTTPTypes
import Hummingbird
import RPC

/// The overview of a reader's own account: plan, what is left, what was opened.
struct OverviewPages: Sendable {
    /// Entries of the ledger that the chart counts; the largest page that Accounts gives.
    private static let countedEntries: UInt32 = 500

    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.get("/account", use: show)
        router.post("/account/verification", use: resend)
    }

    @Sendable func show(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.signedIn(request, context) { account in
            try await page(account, nil, request, context)
        }
    }

    /// Mails the verification link again.
    @Sendable func resend(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.signedIn(request, context) { account in
            _ = try await PostedForm(request, tokens: site.forms)
            let failure = try await site.attempt { () throws(ServiceError) in
                _ = try await site.services.me.resendVerification(
                    MeAPI.ResendVerificationRequest(), options: context.options(for: account))
            }
            guard let failure else { return site.done(.verification, at: AccountSection.overview.path) }
            return try await page(account, failure, request, context)
        }
    }

    private func page(
        _ account: AccountsAPI.Account, _ failure: Failure?, _ request: Request, _ context: GatewayContext
    ) async throws -> Response {
        let options = context.options(for: account)
        let profile = try await asking(.accounts) { () throws(ServiceError) in
            try await site.services.me.getMe(MeAPI.GetMeRequest(), options: options)
        }
        let usage = try await asking(.accounts) { () throws(ServiceError) in
            try await site.services.me.getMyUsage(
                MeAPI.GetMyUsageRequest(pageSize: Self.countedEntries), options: options)
        }
        let view = AccountView(
            profile, usage: usage, today: CalendarDay(secondsSince1970: site.surroundings.now()),
            csrf: site.forms.token(for: request, context: context), done: DoneNotice(site.query(of: request)),
            problem: failure?.message)
        return site.accountReply(
            .account, title: "Your account", view: view, account: account, failure: failure, request: request,
            context: context)
    }
}
