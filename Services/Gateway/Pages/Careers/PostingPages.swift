import Contracts
import HTTPTypes
import Hummingbird
import RPC

/// An employer's work on its postings: write, submit, close, renew, and read applications.
struct PostingPages: Sendable {
    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.get("/employers/:id/jobs/new", use: blank)
        router.post("/employers/:id/jobs/new", use: create)
        router.get("/employers/jobs/:id", use: posting)
        router.post("/employers/jobs/:id", use: act)
        router.get("/employers/jobs/:id/edit", use: editing)
        router.post("/employers/jobs/:id/edit", use: edit)
        router.get("/employers/jobs/:id/applicants", use: applicants)
        router.get("/employers/jobs/:id/applicants.csv", use: csv)
        router.post("/employers/applications/:id", use: move)
    }

    @Sendable func blank(_ request: Request, context: GatewayContext) async throws -> Response {
        let id = try site.segment("id", context)
        return try await site.careersPage(request, context) { account in
            let content = JobsAPI.JobContent(
                setting: "both", workplace: "remote", employment: "full_time", hoursAWeek: 40, applyMethod: "form")
            return formPage(
                account, "/employers/\(PercentCoding.encode(id))/jobs/new", content, 0, nil, request, context)
        }
    }

    @Sendable func create(_ request: Request, context: GatewayContext) async throws -> Response {
        let fields = try await PostedForm(request, tokens: site.forms).fields
        let id = try site.segment("id", context)
        let path = "/employers/\(PercentCoding.encode(id))/jobs/new"
        return try await site.careersPage(request, context, back: path) { account in
            let content = JobForm.content(fields)
            var made = JobsAPI.Job()
            let failure = try await site.careersAttempt { () throws(ServiceError) in
                made = try await site.services.employers.createJob(
                    EmployersAPI.CreateJobRequest(employerId: id, content: content),
                    options: site.jobsOptions(account, context))
            }
            if let failure { return formPage(account, path, content, 0, failure, request, context) }
            return site.seeOther("/employers/jobs/\(made.id)")
        }
    }

    @Sendable func posting(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.careersPage(request, context) { account in
            try await postingPage(account, nil, request, context)
        }
    }

    @Sendable func act(_ request: Request, context: GatewayContext) async throws -> Response {
        let fields = try await PostedForm(request, tokens: site.forms).fields
        let id = try site.segment("id", context)
        return try await site.careersPage(request, context, back: "/employers") { account in
            let options = site.jobsOptions(account, context)
            let employers = site.services.employers
            let failure = try await site.careersAttempt { () throws(ServiceError) in
                switch fields["act"] {
                case "submit": _ = try await employers.submitJob(EmployersAPI.JobActRequest(id: id), options: options)
                case "close":
                    _ = try await employers.closeJob(
                        EmployersAPI.CloseJobRequest(id: id, reason: fields["reason"]), options: options)
                case "renew":
                    _ = try await employers.renewJob(
                        EmployersAPI.RenewJobRequest(id: id, validThrough: fields["valid_through"]), options: options)
                case "delete": _ = try await employers.deleteDraft(EmployersAPI.JobActRequest(id: id), options: options)
                default: throw ServiceError(.invalidArgument, "Choose one of the buttons.")
                }
            }
            if let failure { return try await postingPage(account, failure, request, context) }
            return site.seeOther(
                fields["act"] == "delete" ? "/employers" : "/employers/jobs/\(PercentCoding.encode(id))")
        }
    }

    @Sendable func editing(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.careersPage(request, context) { account in
            let job = try await own(account, context)
            return formPage(
                account, "/employers/jobs/\(job.id)/edit", job.content ?? JobsAPI.JobContent(), job.revision, nil,
                request, context)
        }
    }

    @Sendable func edit(_ request: Request, context: GatewayContext) async throws -> Response {
        let fields = try await PostedForm(request, tokens: site.forms).fields
        let id = try site.segment("id", context)
        return try await site.careersPage(request, context, back: "/employers") { account in
            let content = JobForm.content(fields)
            let revision = UInt32(fields["revision"]) ?? 0
            let failure = try await site.careersAttempt { () throws(ServiceError) in
                _ = try await site.services.employers.updateJob(
                    EmployersAPI.UpdateJobRequest(id: id, revision: revision, content: content),
                    options: site.jobsOptions(account, context))
            }
            let path = "/employers/jobs/\(PercentCoding.encode(id))"
            if let failure { return formPage(account, path + "/edit", content, revision, failure, request, context) }
            return site.seeOther(path)
        }
    }

    @Sendable func applicants(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.careersPage(request, context) { account in
            let job = try await own(account, context)
            let view = ApplicantsView(
                try await applications(account, context), job: job,
                csrf: site.forms.token(for: request, context: context), problem: "")
            return site.careersReply(
                .applicants, title: "Applicants: \(view.title)", view: view, account: account, request: request,
                context: context)
        }
    }

    @Sendable func csv(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.careersPage(request, context) { account in
            let text = ApplicantsCSV.text(try await applications(account, context))
            return site.download(Array(text.utf8), type: "text/csv; charset=utf-8", name: "applicants.csv")
        }
    }

    @Sendable func move(_ request: Request, context: GatewayContext) async throws -> Response {
        let fields = try await PostedForm(request, tokens: site.forms).fields
        let id = try site.segment("id", context)
        return try await site.careersPage(request, context, back: "/employers") { account in
            let moved = try await asking(.jobs) { () throws(ServiceError) in
                try await site.services.employers.moveApplication(
                    EmployersAPI.MoveApplicationRequest(id: id, stage: fields["stage"], note: fields["note"]),
                    options: site.jobsOptions(account, context))
            }
            return site.seeOther("/employers/jobs/\(moved.jobId)/applicants")
        }
    }

    private func applications(
        _ account: AccountsAPI.Account, _ context: GatewayContext
    ) async throws -> SeekersAPI.ListApplicationsReply {
        let id = try site.segment("id", context)
        return try await asking(.jobs) { () throws(ServiceError) in
            try await site.services.employers.listApplicants(
                EmployersAPI.ListApplicantsRequest(id: id), options: site.jobsOptions(account, context))
        }
    }

    /// A posting of the reader's employer, in its latest revision; 404 for everybody else's.
    private func own(_ account: AccountsAPI.Account, _ context: GatewayContext) async throws -> JobsAPI.Job {
        let id = try site.segment("id", context)
        let job = try await asking(.jobs) { () throws(ServiceError) in
            try await site.services.jobs.getJob(
                JobsAPI.GetJobRequest(id: id), options: site.jobsOptions(account, context))
        }
        guard job.counts != nil else { throw HTTPError(.notFound) }
        return job
    }

    private func postingPage(
        _ account: AccountsAPI.Account, _ failure: Failure?, _ request: Request, _ context: GatewayContext
    ) async throws -> Response {
        let job = try await own(account, context)
        let revisions = try await asking(.jobs) { () throws(ServiceError) in
            try await site.services.employers.listRevisions(
                EmployersAPI.ListRevisionsRequest(id: job.id), options: site.jobsOptions(account, context))
        }
        let view = PostingView(
            job, revisions: revisions, csrf: site.forms.token(for: request, context: context),
            problem: failure?.message ?? "")
        return site.careersReply(
            .posting, title: view.title, view: view, account: account, failure: failure, request: request,
            context: context)
    }

    private func formPage(
        _ account: AccountsAPI.Account, _ path: String, _ content: JobsAPI.JobContent, _ revision: UInt32,
        _ failure: Failure?, _ request: Request, _ context: GatewayContext
    ) -> Response {
        let view = JobFormView(
            path: path, content: content, revision: revision, csrf: site.forms.token(for: request, context: context),
            failure: failure)
        return site.careersReply(
            .jobform, title: revision == 0 ? "A new job" : "Change the job", view: view, account: account,
            failure: failure, request: request, context: context)
    }
}
