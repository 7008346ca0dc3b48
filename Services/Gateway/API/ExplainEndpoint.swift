import Contracts
import HTTPTypes
import Hummingbird
import RPC

/// `GET /v1/assistant/explain/{system}/{code}`: a CasePilot question, metered as on the page.
struct ExplainEndpoint: Sendable {
    private static let route = ContractRoute(AssistantAPI.Methods.explain)

    let site: Site

    func add(to router: Router<GatewayContext>) {
        Self.route.add(to: router, handler: explain)
    }

    @Sendable func explain(_ request: Request, context: GatewayContext) async throws -> Response {
        let message = try await Self.route.value(AssistantAPI.ExplainRequest.self, from: request, context: context)
        let reader = try await site.readers.callingReader(of: request, context: context)
        let code = try await asking(.lookup) { () throws(ServiceError) in
            try await site.services.lookup.getCode(
                LookupAPI.GetCodeRequest(system: message.system, code: message.code, on: message.on),
                options: context.options(timeout: CallTimeouts.lookup))
        }
        guard request.method != .head, !request.isPrefetch else {
            var headers = JSONReply.ownHeaders
            headers[.cacheControl] = Site.Keeping.never.rawValue
            return Response(status: request.method == .head ? .ok : .serviceUnavailable, headers: headers)
        }
        let answer = try await asking(.assistant) { () throws(ServiceError) in
            try await site.services.assistant.explain(
                message, options: context.options(timeout: CallTimeouts.assistant))
        }
        let opened = try await site.metering.open(
            .casePilotQuestion, item: "\(code.system)/\(code.code)", for: reader, request: request, context: context,
            idempotencyKey: site.idempotencyKey(of: request, reader: reader))
        guard opened.outcome != .refused else { return try Refusal(opened, site: site).reply(context: context) }
        return JSONReply.make(try Self.route.json(answer))
    }
}
