import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// A failure as `application/problem+json` (RFC 9457).
struct Problem: Encodable, Sendable {
    struct FieldError: Encodable, Sendable {
        let field: String
        let reason: String
    }

    let type = "about:blank"
    let title: String
    let status: Int
    let detail: String
    /// gRPC's status name.
    let code: String
    let requestId: String
    /// A word that a program can act on; absent: none.
    let reason: String?
    let errors: [FieldError]
    /// Of 405: what the address takes.
    private let allow: String?
    /// When a meter starts again, RFC 3339; absent when that is not what happened.
    let resetAt: String?

    init(_ failure: Failure, requestID: String, resetAt: String? = nil) {
        title = failure.status.reasonPhrase
        status = failure.status.code
        detail = failure.message
        code = failure.code
        requestId = requestID
        reason = failure.field.isEmpty && !failure.reason.isEmpty ? failure.reason : nil
        errors =
            failure.field.isEmpty
            ? [] : [FieldError(field: failure.field, reason: failure.reason.isEmpty ? failure.message : failure.reason)]
        self.resetAt = resetAt
        allow = failure.allow
    }

    private enum CodingKeys: String, CodingKey {
        case type, title, status, detail, code, requestId, reason, errors, resetAt
    }

    /// The reply that carries it.
    func reply(retryAfterSeconds: Int?) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var headers: HTTPFields = [.contentType: "application/problem+json", .cacheControl: "no-store"]
        if let retryAfterSeconds { headers[.retryAfter] = "\(retryAfterSeconds)" }
        if let allow { headers[.allow] = allow }
        if status == 401 { headers[.wwwAuthenticate] = "Bearer" }
        let body = ByteBuffer(bytes: try encoder.encode(self))
        return Response(
            status: HTTPResponse.Status(code: status, reasonPhrase: title), headers: headers,
            body: ResponseBody(byteBuffer: body))
    }
}
