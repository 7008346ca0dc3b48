import Contracts
import HTTPTypes
import Hummingbird
import RPC

/// CaseConsultant: where to mail, one's own cases, and the queue of those that a consultant answers.
struct ConsultantPages: Sendable {
    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.get("/caseconsultant", use: show)
        router.get("/caseconsultant/:id", use: one)
        router.get("/admin/cases", use: queue)
        router.get("/admin/cases/:id", use: waiting)
        router.post("/admin/cases/:id", use: reply)
    }

    @Sendable func show(_ request: Request, context: GatewayContext) async throws -> Response {
        let reader = await site.readerForHeader(of: request, context: context)
        let options = context.options(timeout: CallTimeouts.assistant, principal: reader.principal)
        let mailbox = try await asking(.assistant) { () throws(ServiceError) in
            try await site.services.consultant.getMailbox(ConsultantAPI.GetMailboxRequest(), options: options)
        }
        var cases: [ConsultantAPI.Case]?
        if reader.account != nil {
            cases = try await asking(.assistant) { () throws(ServiceError) in
                try await site.services.consultant.listCases(ConsultantAPI.ListCasesRequest(), options: options)
            }.cases
        }
        let frame = site.frame(
            title: "CaseConsultant", product: .caseConsultant, reader: reader, request: request, context: context)
        return site.reply(
            .caseconsultant, view: ConsultantView(address: mailbox.address, cases: cases), frame: frame)
    }

    @Sendable func one(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.signedIn(request, context) { account in
            let found = try await mailCase(request, context, account, consultant: "")
            let view = MailCaseView(found, csrf: "", isConsultant: false)
            return site.accountReply(
                .mailcase, title: view.subject, view: view, account: account, request: request, context: context)
        }
    }

    @Sendable func queue(_ request: Request, context: GatewayContext) async throws -> Response {
        try await consulting(request, context) { account in
            let cases = try await asking(.assistant) { () throws(ServiceError) in
                try await site.services.consultant.listQueue(
                    ConsultantAPI.ListQueueRequest(consultant: account.id), options: options(account, context))
            }.cases
            return site.accountReply(
                .casequeue, title: "Cases that wait", view: CaseQueueView(cases, reader: account), account: account,
                request: request,
                context: context)
        }
    }

    @Sendable func waiting(_ request: Request, context: GatewayContext) async throws -> Response {
        try await consulting(request, context) { account in
            try await page(request, context, account, problem: nil)
        }
    }

    @Sendable func reply(_ request: Request, context: GatewayContext) async throws -> Response {
        try await consulting(request, context) { account in
            let fields = try await PostedForm(request, tokens: site.forms).fields
            let id = context.parameters.get("id") ?? ""
            do {
                _ = try await asking(.assistant) { () throws(ServiceError) in
                    try await site.services.consultant.replyToCase(
                        ConsultantAPI.ReplyToCaseRequest(id: id, text: fields["text"], consultant: account.id),
                        options: options(account, context))
                }
            } catch let failure as ServiceFailure
                where [.invalidArgument, .failedPrecondition].contains(failure.error.kind)
            {
                return try await page(request, context, account, problem: failure.error.message)
            }
            return site.seeOther("/admin/cases")
        }
    }

    private func page(
        _ request: Request, _ context: GatewayContext, _ account: AccountsAPI.Account, problem: String?
    ) async throws -> Response {
        let found = try await mailCase(request, context, account, consultant: account.id)
        let view = MailCaseView(
            found, csrf: site.forms.token(for: request, context: context), isConsultant: true, problem: problem)
        return site.accountReply(
            .mailcase, title: view.subject, view: view, account: account, request: request, context: context)
    }

    private func mailCase(
        _ request: Request, _ context: GatewayContext, _ account: AccountsAPI.Account, consultant: String
    ) async throws -> ConsultantAPI.Case {
        let id = context.parameters.get("id") ?? ""
        return try await asking(.assistant) { () throws(ServiceError) in
            try await site.services.consultant.getCase(
                ConsultantAPI.GetCaseRequest(id: id, consultant: consultant), options: options(account, context))
        }
    }

    private func consulting(
        _ request: Request, _ context: GatewayContext, _ page: (AccountsAPI.Account) async throws -> Response
    ) async throws -> Response {
        try await site.signedIn(request, context) { account in
            guard account.isConsultant else {
                throw HTTPError(.forbidden, message: "This part of the site is for consultants.")
            }
            return try await page(account)
        }
    }

    private func options(_ account: AccountsAPI.Account, _ context: GatewayContext) -> CallOptions {
        context.options(timeout: CallTimeouts.assistant, principal: Array(account.principal.utf8))
    }
}
