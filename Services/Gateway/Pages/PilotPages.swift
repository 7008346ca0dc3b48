import Contracts
import HTTPTypes
import Hummingbird
import RPC

/// CasePilot: for now it explains one code from its record.
struct PilotPages: Sendable {
    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.get("/casepilot", use: form)
        router.post("/casepilot", use: ask)
    }

    @Sendable func form(_ request: Request, context: GatewayContext) async throws -> Response {
        let reader = await site.readerForHeader(of: request, context: context)
        let view = PilotView(
            csrf: site.forms.token(for: request, context: context), fields: site.query(of: request))
        return reply(view, reader, request, context)
    }

    /// The answer first, the count second, and the answer shown only when it was granted: as with a code page.
    @Sendable func ask(_ request: Request, context: GatewayContext) async throws -> Response {
        let fields = try await PostedForm(request, tokens: site.forms).fields
        let reader = try await site.readers.reader(of: request, context: context)
        let csrf = site.forms.token(for: request, context: context)
        do {
            let options = context.options(timeout: CallTimeouts.lookup)
            let code = try await asking(.lookup) { () throws(ServiceError) in
                try await site.services.lookup.getCode(
                    LookupAPI.GetCodeRequest(system: fields["system"], code: fields["code"], on: fields["on"]),
                    options: options)
            }
            let answer = try await explanation(of: code, on: fields["on"], context)
            let opened = try await site.metering.open(
                .casePilotQuestion, item: "\(code.system)/\(code.code)", for: reader, request: request,
                context: context)
            let view = PilotView(
                csrf: csrf, fields: fields, code: code, answer: opened.outcome == .refused ? nil : answer,
                opened: opened)
            return reply(view, reader, request, context)
        } catch {
            guard [.notFound, .invalidArgument].contains(error.error.kind) else { throw error }
            let view = PilotView(csrf: csrf, fields: fields, problem: error.error.message)
            return reply(view, reader, request, context, status: error.error.kind.status)
        }
    }

    private func explanation(
        of code: LookupAPI.Code, on: String, _ context: GatewayContext
    ) async throws(ServiceFailure) -> AssistantAPI.Answer {
        try await asking(.assistant) { () throws(ServiceError) in
            try await site.services.assistant.explain(
                AssistantAPI.ExplainRequest(system: code.system, code: code.code, on: on),
                options: context.options(timeout: CallTimeouts.assistant))
        }
    }

    private func reply(
        _ view: PilotView, _ reader: Reader, _ request: Request, _ context: GatewayContext,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        let frame = site.frame(
            title: "CasePilot", product: .casePilot, reader: reader, request: request, context: context)
        return site.reply(.casepilot, view: view, frame: frame, status: status, keeping: .never)
    }
}
