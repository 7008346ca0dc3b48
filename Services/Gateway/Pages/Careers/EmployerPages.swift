import Contracts
import HTTPTypes
import Hummingbird
import RPC

/// An employer's page, for everyone and for its own people.
struct EmployerPages: Sendable {
    private static let pageSize: UInt32 = 50

    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.get("/employers", use: list)
        router.post("/employers", use: create)
        router.get("/employers/:id", use: employer)
        router.post("/employers/:id", use: change)
        router.post("/employers/:id/proofs", use: prove)
        router.post("/employers/:id/members", use: members)
        router.post("/employers/:id/feeds", use: feed)
    }

    @Sendable func list(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.careersPage(request, context) { account in
            try await listPage(account, EmployersAPI.CreateEmployerRequest(), nil, request, context)
        }
    }

    @Sendable func create(_ request: Request, context: GatewayContext) async throws -> Response {
        let fields = try await PostedForm(request, tokens: site.forms).fields
        return try await site.careersPage(request, context, back: "/employers") { account in
            let typed = EmployersAPI.CreateEmployerRequest(
                name: fields["name"], domain: fields["domain"], website: fields["website"], about: fields["about"])
            var made = JobsAPI.Employer()
            let failure = try await site.careersAttempt { () throws(ServiceError) in
                made = try await site.services.employers.createEmployer(
                    typed, options: site.jobsOptions(account, context))
            }
            if let failure { return try await listPage(account, typed, failure, request, context) }
            return site.seeOther("/employers/\(made.id)")
        }
    }

    @Sendable func employer(_ request: Request, context: GatewayContext) async throws -> Response {
        try await page(request, context, failure: nil, notice: "")
    }

    @Sendable func change(_ request: Request, context: GatewayContext) async throws -> Response {
        try await act(request, context, notice: "Saved.") { id, fields, options throws(ServiceError) in
            _ = try await site.services.employers.updateEmployer(
                EmployersAPI.UpdateEmployerRequest(
                    id: id, name: fields["name"], website: fields["website"], about: fields["about"],
                    organisation: fields["organisation"]), options: options)
        }
    }

    @Sendable func prove(_ request: Request, context: GatewayContext) async throws -> Response {
        try await act(request, context, notice: "A token is on its way, or the proof is done.") {
            id, fields, options throws(ServiceError) in
            if fields["act"] == "mail" {
                _ = try await site.services.employers.startDomainProof(
                    EmployersAPI.StartDomainProofRequest(id: id, mailbox: fields["mailbox"]), options: options)
            } else {
                _ = try await site.services.employers.finishDomainProof(
                    EmployersAPI.FinishDomainProofRequest(id: id, token: fields["token"]), options: options)
            }
        }
    }

    @Sendable func members(_ request: Request, context: GatewayContext) async throws -> Response {
        try await act(request, context, notice: "Saved.") { id, fields, options throws(ServiceError) in
            let message = EmployersAPI.EmployerMemberRequest(id: id, account: fields["account"])
            if fields["act"] == "remove" {
                _ = try await site.services.employers.removeEmployerMember(message, options: options)
            } else {
                _ = try await site.services.employers.addEmployerMember(message, options: options)
            }
        }
    }

    @Sendable func feed(_ request: Request, context: GatewayContext) async throws -> Response {
        let form = try await MultipartForm(request, tokens: site.forms)
        let id = try site.segment("id", context)
        return try await site.careersPage(request, context, back: "/employers/\(PercentCoding.encode(id))") { account in
            let isDry = form["act"] == "try"
            var report = EmployersAPI.FeedReport()
            let failure = try await site.careersAttempt { () throws(ServiceError) in
                report = try await site.services.employers.importFeed(
                    EmployersAPI.ImportFeedRequest(id: id, feed: form.files["feed"]?.bytes ?? [], dryRun: isDry),
                    options: site.jobsOptions(account, context))
            }
            if let failure { return try await page(request, context, failure: failure, notice: "") }
            return site.careersReply(
                .feed, title: "Feed", view: FeedView(report, employer: id, isDry: isDry), account: account,
                request: request, context: context)
        }
    }

    /// A form of the employer's page.
    private func act(
        _ request: Request, _ context: GatewayContext, notice: String,
        _ call: (String, FormFields, CallOptions) async throws(ServiceError) -> Void
    ) async throws -> Response {
        let fields = try await PostedForm(request, tokens: site.forms).fields
        let id = try site.segment("id", context)
        return try await site.careersPage(request, context, back: "/employers/\(PercentCoding.encode(id))") { account in
            let failure = try await site.careersAttempt { () throws(ServiceError) in
                try await call(id, fields, site.jobsOptions(account, context))
            }
            return try await page(request, context, failure: failure, notice: failure == nil ? notice : "")
        }
    }

    private func listPage(
        _ account: AccountsAPI.Account, _ typed: EmployersAPI.CreateEmployerRequest, _ failure: Failure?,
        _ request: Request, _ context: GatewayContext
    ) async throws -> Response {
        let reply = try await asking(.jobs) { () throws(ServiceError) in
            try await site.services.employers.listMyEmployers(
                EmployersAPI.ListMyEmployersRequest(), options: site.jobsOptions(account, context))
        }
        let view = EmployersView(
            reply, typed: typed, csrf: site.forms.token(for: request, context: context), problem: failure?.message ?? ""
        )
        return site.careersReply(
            .employers, title: "My employers", view: view, account: account, failure: failure, request: request,
            context: context)
    }

    private func page(
        _ request: Request, _ context: GatewayContext, failure: Failure?, notice: String
    ) async throws -> Response {
        let id = try site.segment("id", context)
        let reader = await site.readerForHeader(of: request, context: context)
        let options = site.jobsOptions(reader.account, context)
        let employer = try await asking(.jobs) { () throws(ServiceError) in
            try await site.services.employers.getEmployer(EmployersAPI.GetEmployerRequest(id: id), options: options)
        }
        let open = try await asking(.jobs) { () throws(ServiceError) in
            try await site.services.jobs.searchJobs(
                JobsAPI.SearchJobsRequest(employer: [id], sort: "date", pageSize: Self.pageSize), options: options)
        }
        var own: EmployersAPI.ListEmployerJobsReply?
        var proof: EmployersAPI.DomainProof?
        if reader.account != nil, !employer.members.isEmpty {
            own = try await asking(.jobs) { () throws(ServiceError) in
                try await site.services.employers.listEmployerJobs(
                    EmployersAPI.ListEmployerJobsRequest(
                        id: id, pageSize: Self.pageSize, pageToken: site.query(of: request)["page_token"]),
                    options: options)
            }
            if !employer.verified {
                proof = try await asking(.jobs) { () throws(ServiceError) in
                    try await site.services.employers.startDomainProof(
                        EmployersAPI.StartDomainProofRequest(id: id), options: options)
                }
            }
        }
        let view = EmployerView(
            employer, open: open.jobs, own: own, proof: proof,
            csrf: site.forms.token(for: request, context: context), notice: notice, problem: failure?.message ?? "")
        let frame = site.frame(
            title: employer.name, product: .careerCenter, reader: reader, request: request, context: context)
        return site.reply(
            .employer, view: view, frame: frame, status: failure?.status ?? .ok, keeping: own == nil ? .ask : .never)
    }
}
