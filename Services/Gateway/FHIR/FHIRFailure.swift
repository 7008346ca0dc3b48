import HTTPTypes
import Hummingbird
import NIOCore
import RPC
import Schema

/// What went wrong, as a FHIR client reads it: an OperationOutcome.
struct FHIRFailure: Sendable {
    let failure: Failure

    /// FHIR's word for it (IssueType).
    private var code: String {
        switch failure.code {
        case "INVALID_ARGUMENT", "OUT_OF_RANGE": failure.reason == "required" ? "required" : "invalid"
        case "NOT_FOUND": "not-found"
        case "UNAUTHENTICATED": "login"
        case "PERMISSION_DENIED": "forbidden"
        case "RESOURCE_EXHAUSTED": failure.reason == "too_costly" ? "too-costly" : "throttled"
        case "UNIMPLEMENTED": "not-supported"
        case "UNAVAILABLE": "transient"
        case "DEADLINE_EXCEEDED": "timeout"
        case "ABORTED", "ALREADY_EXISTS": "conflict"
        case "FAILED_PRECONDITION": "business-rule"
        default: "exception"
        }
    }

    func reply(requestID: String) -> Response {
        let outcome: JSONValue = [
            "resourceType": "OperationOutcome",
            "issue": [
                .members([
                    ("severity", "error"), ("code", .string(code)),
                    ("details", ["text": .string(failure.message)]),
                    ("diagnostics", .string("request \(requestID)")),
                    ("expression", failure.field.isEmpty ? nil : [.string(failure.field)]),
                ])
            ],
        ]
        var headers: HTTPFields = [.contentType: FHIRReply.mediaType, .cacheControl: "no-store"]
        if let seconds = failure.retryAfterSeconds { headers[.retryAfter] = "\(seconds)" }
        if let allow = failure.allow { headers[.allow] = allow }
        if failure.status == .unauthorized { headers[.wwwAuthenticate] = "Bearer" }
        return Response(
            status: failure.status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: outcome.bytes)))
    }
}
