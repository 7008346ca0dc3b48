import HTTPTypes
import Hummingbird
import NIOCore

/// Replies to requests that failed: a page for readers, problem+json under `/v1`.
struct FailurePages: Sendable {
    let renderer: Renderer

    func reply(_ failure: Failure, request: Request, context: GatewayContext) throws -> Response {
        if request.uri.path.hasPrefix("/v1/") {
            return try Problem(failure, requestID: context.requestID).reply(
                retryAfterSeconds: failure.retryAfterSeconds)
        }
        let view = FailureView(
            failure, path: request.uri.path, requestID: context.requestID, isChange: request.method == .post)
        let html = renderer.page(.failure, view: view, frame: PageFrame(title: view.heading, query: view.search))
        var headers: HTTPFields = [
            .contentType: "text/html; charset=utf-8", .cacheControl: Site.Keeping.never.rawValue,
        ]
        if let seconds = failure.retryAfterSeconds { headers[.retryAfter] = "\(seconds)" }
        if failure.status == .unauthorized { headers[.wwwAuthenticate] = "Bearer" }
        return Response(
            status: failure.status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }
}
