import Contracts
import HTTPTypes
import Hummingbird
import RPC

/// What seekers keep: jobs, searches, a profile; and the end of digests.
struct SeekerPages: Sendable {
    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.get("/careers/saved", use: saved)
        router.get("/careers/searches", use: searches)
        router.post("/careers/searches", use: keepSearch)
        router.post("/careers/searches/:id", use: changeSearch)
        router.get("/careers/profile", use: profile)
        router.post("/careers/profile", use: changeProfile)
        router.get("/unsubscribe", use: unsubscribing)
        router.post("/unsubscribe", use: unsubscribe)
    }

    @Sendable func saved(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.careersPage(request, context) { account in
            let reply = try await asking(.jobs) { () throws(ServiceError) in
                try await site.services.seekers.listSavedJobs(
                    SeekersAPI.ListSavedJobsRequest(), options: site.jobsOptions(account, context))
            }
            let view = SavedJobsView(reply, csrf: site.forms.token(for: request, context: context))
            return site.careersReply(
                .savedjobs, title: "Saved jobs", view: view, account: account, request: request, context: context)
        }
    }

    @Sendable func searches(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.careersPage(request, context) { account in
            try await searchesPage(account, nil, request, context)
        }
    }

    @Sendable func keepSearch(_ request: Request, context: GatewayContext) async throws -> Response {
        let fields = try await PostedForm(request, tokens: site.forms).fields
        return try await site.careersPage(request, context, back: "/careers/searches") { account in
            let query = CareersQuery(try FormFields.pairs(fields["query"]))
            let failure = try await site.careersAttempt { () throws(ServiceError) in
                _ = try await site.services.seekers.saveSearch(
                    SeekersAPI.SaveSearchRequest(
                        name: fields["name"], search: query.request(pageSize: 0), rhythm: fields["rhythm"]),
                    options: site.jobsOptions(account, context))
            }
            if let failure { return try await searchesPage(account, failure, request, context) }
            return site.seeOther("/careers/searches")
        }
    }

    @Sendable func changeSearch(_ request: Request, context: GatewayContext) async throws -> Response {
        let fields = try await PostedForm(request, tokens: site.forms).fields
        let id = try site.segment("id", context)
        return try await site.careersPage(request, context, back: "/careers/searches") { account in
            let options = site.jobsOptions(account, context)
            let failure = try await site.careersAttempt { () throws(ServiceError) in
                if fields["act"] == "delete" {
                    _ = try await site.services.seekers.deleteSavedSearch(
                        SeekersAPI.DeleteSavedSearchRequest(id: id), options: options)
                } else {
                    _ = try await site.services.seekers.changeSavedSearch(
                        SeekersAPI.ChangeSavedSearchRequest(id: id, name: fields["name"], rhythm: fields["rhythm"]),
                        options: options)
                }
            }
            if let failure { return try await searchesPage(account, failure, request, context) }
            return site.seeOther("/careers/searches")
        }
    }

    @Sendable func profile(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.careersPage(request, context) { account in
            let profile = try await asking(.jobs) { () throws(ServiceError) in
                try await site.services.seekers.getProfile(
                    SeekersAPI.GetProfileRequest(), options: site.jobsOptions(account, context))
            }
            return try await profilePage(account, profile, nil, request, context)
        }
    }

    @Sendable func changeProfile(_ request: Request, context: GatewayContext) async throws -> Response {
        let fields = try await PostedForm(request, tokens: site.forms).fields
        return try await site.careersPage(request, context, back: "/careers/profile") { account in
            let profile = SeekersAPI.Profile(
                name: fields["name"], headline: fields["headline"],
                credentials: JobForm.list(fields["credentials"]).map { $0.uppercased() },
                specialties: JobForm.list(fields["specialties"]).map(JobForm.specialty),
                years: UInt32(fields["years"]) ?? 0, state: fields["state"], remoteOnly: fields["remote_only"] == "on")
            let failure = try await site.careersAttempt { () throws(ServiceError) in
                _ = try await site.services.seekers.putProfile(profile, options: site.jobsOptions(account, context))
            }
            if let failure { return try await profilePage(account, profile, failure, request, context) }
            return site.seeOther("/careers/profile?done=saved")
        }
    }

    /// A link of a mail only opens a form: a scanner that follows links ends nothing.
    @Sendable func unsubscribing(_ request: Request, context: GatewayContext) async throws -> Response {
        await unsubscribePage(site.query(of: request)["token"], isDone: false, request, context)
    }

    /// The form's button, and the one click of a mail program (RFC 8058): a POST with the token in the address, without
    /// cookies and without a form's token. It can do nothing but end mails.
    @Sendable func unsubscribe(_ request: Request, context: GatewayContext) async throws -> Response {
        let token = site.query(of: request)["token"]
        _ = try await asking(.jobs) { () throws(ServiceError) in
            try await site.services.seekers.unsubscribe(
                SeekersAPI.UnsubscribeRequest(token: token), options: site.jobsOptions(nil, context))
        }
        return await unsubscribePage(token, isDone: true, request, context)
    }

    private func unsubscribePage(
        _ token: String, isDone: Bool, _ request: Request, _ context: GatewayContext
    ) async -> Response {
        let reader = await site.readerForHeader(of: request, context: context)
        let view = UnsubscribeView(
            path: "/unsubscribe" + PercentCoding.query([(name: "token", value: token)]), isDone: isDone)
        let frame = site.frame(
            title: "Mails of new jobs", product: .careerCenter, reader: reader, request: request, context: context)
        return site.reply(.unsubscribe, view: view, frame: frame, keeping: .never)
    }

    private func searchesPage(
        _ account: AccountsAPI.Account, _ failure: Failure?, _ request: Request, _ context: GatewayContext
    ) async throws -> Response {
        let reply = try await asking(.jobs) { () throws(ServiceError) in
            try await site.services.seekers.listSavedSearches(
                SeekersAPI.ListSavedSearchesRequest(), options: site.jobsOptions(account, context))
        }
        let view = SavedSearchesView(
            reply, isVerified: account.emailVerified, csrf: site.forms.token(for: request, context: context),
            problem: failure?.message ?? "")
        return site.careersReply(
            .savedsearches, title: "Saved searches", view: view, account: account, failure: failure, request: request,
            context: context)
    }

    private func profilePage(
        _ account: AccountsAPI.Account, _ profile: SeekersAPI.Profile, _ failure: Failure?, _ request: Request,
        _ context: GatewayContext
    ) async throws -> Response {
        let view = ProfileView(
            profile, csrf: site.forms.token(for: request, context: context),
            notice: site.query(of: request)["done"] == "saved" ? "Saved." : "", problem: failure?.message ?? "")
        return site.careersReply(
            .profile, title: "My profile", view: view, account: account, failure: failure, request: request,
            context: context)
    }
}
