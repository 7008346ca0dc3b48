import Contracts
import HTTPTypes
import Hummingbird
import RPC

/// Applying with the desk's form, and what became of it.
struct ApplicationPages: Sendable {
    /// Bytes of a part of a résumé on the wire.
    private static let part = 1 << 20

    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.get("/careers/:id/apply", use: form)
        router.post("/careers/:id/apply", use: apply)
        router.get("/careers/applications", use: list)
        router.post("/careers/applications/:id/withdrawal", use: withdraw)
        router.get("/careers/applications/:id/resume", use: resume)
    }

    @Sendable func form(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.careersPage(request, context) { account in
            try await page(account, ApplyView.Fields(email: account.email), nil, request, context)
        }
    }

    @Sendable func apply(_ request: Request, context: GatewayContext) async throws -> Response {
        let form = try await MultipartForm(request, tokens: site.forms)
        let id = try site.segment("id", context)
        return try await site.careersPage(request, context, back: "/careers/\(PercentCoding.encode(id))") { account in
            let fields = ApplyView.Fields(
                name: form["name"], email: form["email"], phone: form["phone"], cover: form["cover"])
            let options = site.jobsOptions(account, context)
            let failure = try await site.careersAttempt { () throws(ServiceError) in
                var message = SeekersAPI.ApplyRequest(
                    id: id, name: fields.name, email: fields.email, phone: fields.phone, cover: fields.cover)
                if let file = form.files["resume"] {
                    message.resume = try await upload(file.bytes, options)
                    message.resumeName = file.name
                }
                _ = try await site.services.seekers.apply(message, options: options)
            }
            if let failure { return try await page(account, fields, failure, request, context) }
            return site.seeOther("/careers/\(PercentCoding.encode(id))?done=applied")
        }
    }

    @Sendable func list(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.careersPage(request, context) { account in
            let reply = try await asking(.jobs) { () throws(ServiceError) in
                try await site.services.seekers.listMyApplications(
                    SeekersAPI.ListMyApplicationsRequest(), options: site.jobsOptions(account, context))
            }
            let view = MyApplicationsView(reply, csrf: site.forms.token(for: request, context: context))
            return site.careersReply(
                .applications, title: "My applications", view: view, account: account, request: request,
                context: context)
        }
    }

    @Sendable func withdraw(_ request: Request, context: GatewayContext) async throws -> Response {
        _ = try await PostedForm(request, tokens: site.forms)
        let id = try site.segment("id", context)
        return try await site.careersPage(request, context, back: "/careers/applications") { account in
            _ = try await asking(.jobs) { () throws(ServiceError) in
                try await site.services.seekers.withdrawApplication(
                    SeekersAPI.ApplicationActRequest(id: id), options: site.jobsOptions(account, context))
            }
            return site.seeOther("/careers/applications")
        }
    }

    @Sendable func resume(_ request: Request, context: GatewayContext) async throws -> Response {
        let id = try site.segment("id", context)
        return try await site.careersPage(request, context) { account in
            var bytes: [UInt8] = []
            var name = ""
            let parts = site.services.seekers.getResume(
                SeekersAPI.ApplicationActRequest(id: id), options: site.jobsOptions(account, context))
            while let part = try await asking(.jobs, { () throws(ServiceError) in try await parts.next() }) {
                bytes += part.pdf
                if name.isEmpty { name = part.name }
            }
            return site.download(bytes, type: "application/pdf", name: name)
        }
    }

    private func upload(_ bytes: [UInt8], _ options: CallOptions) async throws(ServiceError) -> String {
        let stream = site.services.seekers.uploadResume(options: options)
        var rest = bytes[...]
        while !rest.isEmpty {
            do throws(ServiceError) {
                try await stream.send(SeekersAPI.ResumePart(pdf: Array(rest.prefix(Self.part))))
            } catch {
                // The service has heard enough; `finish` says what it makes of it.
                break
            }
            rest = rest.dropFirst(Self.part)
        }
        return try await stream.finish().resume
    }

    private func page(
        _ account: AccountsAPI.Account, _ fields: ApplyView.Fields, _ failure: Failure?, _ request: Request,
        _ context: GatewayContext
    ) async throws -> Response {
        let id = try site.segment("id", context)
        let job = try await asking(.jobs) { () throws(ServiceError) in
            try await site.services.jobs.getJob(
                JobsAPI.GetJobRequest(id: id), options: site.jobsOptions(account, context))
        }
        let view = ApplyView(
            job, fields: fields, csrf: site.forms.token(for: request, context: context), failure: failure)
        return site.careersReply(
            .apply, title: "Apply: \(view.title)", view: view, account: account, failure: failure, request: request,
            context: context)
    }
}
