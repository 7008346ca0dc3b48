import Contracts
import HTTPTypes
import Hummingbird
import RPC

/// The public error log.
struct ErrorLogPages: Sendable {
    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.get("/errors", use: show)
    }

    @Sendable func show(_ request: Request, context: GatewayContext) async throws -> Response {
        async let reader = site.readerForHeader(of: request, context: context)
        let page = site.query(of: request)["page"]
        let reply = try await asking(.assistant) { () throws(ServiceError) in
            try await site.services.assistant.listErrors(
                AssistantAPI.ListErrorsRequest(pageToken: page),
                options: context.options(timeout: CallTimeouts.assistant))
        }
        let frame = site.frame(
            title: "Public error log", reader: await reader, request: request, context: context)
        return site.reply(.errors, view: ErrorLogView(reply), frame: frame)
    }
}
