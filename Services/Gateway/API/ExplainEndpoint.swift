import Contracts
import HTTPTypes
import Hummingbird
import RPC

/// `GET /v1/assistant/explain/{system}/{code}`: a CasePilot question, metered as on the page.
struct ExplainEndpoint: Sendable {
    let site: Site

    @Sendable func explain(_ call: ContractCall) async throws -> Response {
        let message = try await call.value(AssistantAPI.ExplainRequest.self)
        let reader = try await site.knownCaller(call)
        let code = try await asking(.lookup) { () throws(ServiceError) in
            try await site.services.lookup.getCode(
                LookupAPI.GetCodeRequest(system: message.system, code: message.code, on: message.on),
                options: call.context.options(timeout: CallTimeouts.lookup))
        }
        guard !call.isUnopened else {
            var headers = JSONReply.ownHeaders
            headers[.cacheControl] = Site.Keeping.never.rawValue
            return Response(status: call.request.method == .head ? .ok : .serviceUnavailable, headers: headers)
        }
        let answer = try await asking(.assistant) { () throws(ServiceError) in
            try await site.services.assistant.explain(
                message, options: call.context.options(timeout: CallTimeouts.assistant, principal: reader.principal))
        }
        let opened = try await site.metering.open(
            .casePilotQuestion, item: "\(code.system)/\(code.code)", for: reader, request: call.request,
            context: call.context, idempotencyKey: site.idempotencyKey(of: call.request, reader: reader))
        guard opened.outcome != .refused else { return try Refusal(opened, site: site).reply(context: call.context) }
        return JSONReply.make(try call.json(answer))
    }
}
