import Contracts
import HTTPTypes
import Hummingbird
import RPC
import Runtime

/// CareerCenter for readers: the search, a job's page, its report, and the way to apply.
struct CareersPages: Sendable {
    /// Jobs on a page of results.
    private static let pageSize: UInt32 = 20

    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.get("/careers", use: search)
        router.get("/careers/:id", use: job)
        router.get("/careers/:id/go", use: go)
        router.post("/careers/:id/save", use: save)
        router.post("/careers/:id/report", use: report)
    }

    @Sendable func search(_ request: Request, context: GatewayContext) async throws -> Response {
        let query = CareersQuery(try FormFields.pairs(request.uri.query ?? ""))
        async let reader = site.readerForHeader(of: request, context: context)
        var reply: JobsAPI.SearchJobsReply?
        var problem = ""
        do {
            reply = try await asking(.jobs) { () throws(ServiceError) in
                try await site.services.jobs.searchJobs(
                    query.request(pageSize: Self.pageSize), options: site.jobsOptions(nil, context))
            }
        } catch {
            guard error.error.kind == .invalidArgument else { throw error }
            problem = error.error.message
        }
        let known = await reader
        let csrf = known.account == nil ? "" : site.forms.token(for: request, context: context)
        let view = CareersView(query, reply: reply, csrf: csrf, problem: problem)
        let frame = site.frame(
            title: query.value("q").isEmpty ? "Jobs for coders" : "Jobs: \(query.value("q"))", product: .careerCenter,
            reader: known, request: request, context: context)
        return site.reply(.careers, view: view, frame: frame, status: problem.isEmpty ? .ok : .badRequest)
    }

    @Sendable func job(_ request: Request, context: GatewayContext) async throws -> Response {
        let notice =
            switch site.query(of: request)["done"] {
            case "report": "Thank you. A moderator looks at this posting."
            case "applied": "Your application is with the employer."
            default: ""
            }
        return try await page(request, context, notice: notice)
    }

    @Sendable func go(_ request: Request, context: GatewayContext) async throws -> Response {
        let id = try site.segment("id", context)
        let reader = await site.readerForHeader(of: request, context: context)
        let reply = try await asking(.jobs) { () throws(ServiceError) in
            try await site.services.jobs.followApplyLink(
                JobsAPI.FollowApplyLinkRequest(id: id, viewer: site.viewer(reader, request)),
                options: site.jobsOptions(reader.account, context))
        }
        switch reply.method {
        case "link" where reply.target.hasPrefix("https://"): return site.seeOther(reply.target)
        case "email": return site.seeOther("mailto:" + PercentCoding.encode(reply.target).replacing("%40", with: "@"))
        default: return site.seeOther("/careers/\(PercentCoding.encode(id))/apply")
        }
    }

    @Sendable func save(_ request: Request, context: GatewayContext) async throws -> Response {
        let fields = try await PostedForm(request, tokens: site.forms).fields
        let id = try site.segment("id", context)
        return try await site.careersPage(request, context, back: "/careers/\(PercentCoding.encode(id))") { account in
            let message = SeekersAPI.SaveJobRequest(id: id)
            let options = site.jobsOptions(account, context)
            let failure = try await site.careersAttempt { () throws(ServiceError) in
                if fields["saved"] == "off" {
                    _ = try await site.services.seekers.unsaveJob(message, options: options)
                } else {
                    _ = try await site.services.seekers.saveJob(message, options: options)
                }
            }
            if let failure { return try await page(request, context, failure: failure) }
            return site.seeOther(LocalPath(fields["next"])?.text ?? "/careers/\(PercentCoding.encode(id))")
        }
    }

    @Sendable func report(_ request: Request, context: GatewayContext) async throws -> Response {
        let fields = try await PostedForm(request, tokens: site.forms).fields
        let id = try site.segment("id", context)
        return try await site.careersPage(request, context, back: "/careers/\(PercentCoding.encode(id))") { account in
            let failure = try await site.careersAttempt { () throws(ServiceError) in
                _ = try await site.services.jobs.reportJob(
                    JobsAPI.ReportJobRequest(id: id, reason: fields["reason"], text: fields["text"]),
                    options: site.jobsOptions(account, context))
            }
            if let failure { return try await page(request, context, failure: failure) }
            return site.seeOther("/careers/\(PercentCoding.encode(id))?done=report")
        }
    }

    /// The page of a job, with what came of a form.
    private func page(
        _ request: Request, _ context: GatewayContext, notice: String = "", failure: Failure? = nil
    ) async throws -> Response {
        let id = try site.segment("id", context)
        let reader = await site.readerForHeader(of: request, context: context)
        let job = try await asking(.jobs) { () throws(ServiceError) in
            try await site.services.jobs.getJob(
                JobsAPI.GetJobRequest(id: id, viewer: site.viewer(reader, request)),
                options: site.jobsOptions(reader.account, context))
        }
        let view = JobView(
            job, origin: site.origin.description, csrf: site.forms.token(for: request, context: context),
            isSignedIn: reader.account != nil, notice: notice, problem: failure?.message ?? "")
        let frame = site.frame(
            title: view.title, product: .careerCenter, reader: reader, request: request, context: context)
        return site.reply(.job, view: view, frame: frame, status: failure?.status ?? .ok)
    }
}
