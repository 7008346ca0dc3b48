import HTTPTypes
import Hummingbird
import Runtime

/// Which pages of other sites may ask the machine side (Fetch Standard, CORS). Never with cookies: a page of another site acts
/// with a key of its own.
struct CrossOrigin: Sendable {
    /// Seconds for which a browser remembers a preflight.
    private static let memorySeconds = 600
    private static let methods = "GET, HEAD, POST, PUT, PATCH, DELETE"
    private static let requestFields =
        "Authorization, Content-Type, Idempotency-Key, If-None-Match, Last-Event-ID, X-Request-Id, traceparent, tracestate"
    private static let replyFields = "ETag, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id"
    private static let prefixes = ["/v1/", "/fhir", "/clinicaltables/", "/openapi.json"]

    private let origins: Set<String>

    init(origins: [Origin]) { self.origins = Set(origins.map(\.description)) }

    /// The answer to a preflight; nil when the request is none, or is not for an origin on the list.
    func preflight(_ request: Request) -> Response? {
        guard request.method == .options, request.headers[.accessControlRequestMethod] != nil,
            let origin = allowed(request)
        else { return nil }
        return Response(
            status: .noContent,
            headers: [
                .accessControlAllowOrigin: origin, .accessControlAllowMethods: Self.methods,
                .accessControlAllowHeaders: Self.requestFields,
                .accessControlMaxAge: "\(Self.memorySeconds)", .vary: "Origin",
            ])
    }

    /// Lets the asking page see the reply, when its origin is on the list.
    func mark(_ response: inout Response, for request: Request) {
        guard !origins.isEmpty, isForPrograms(request) else { return }
        response.headers[.vary] = response.headers[.vary].map { $0 + ", Origin" } ?? "Origin"
        guard let origin = allowed(request) else { return }
        response.headers[.accessControlAllowOrigin] = origin
        response.headers[.accessControlExposeHeaders] = Self.replyFields
        response.headers[.crossOriginResourcePolicy] = "cross-origin"
    }

    private func allowed(_ request: Request) -> String? {
        guard isForPrograms(request), let origin = request.headers[.origin], origins.contains(origin) else {
            return nil
        }
        return origin
    }

    private func isForPrograms(_ request: Request) -> Bool {
        Self.prefixes.contains { request.uri.path.hasPrefix($0) }
    }
}
