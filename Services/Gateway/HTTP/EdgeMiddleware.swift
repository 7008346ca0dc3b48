import HTTPTypes
import Hummingbird
import Logging
import NIOHTTP1
import RPC

/// What every request passes first and every reply passes last: limits, ids, the trace, failures turned into replies,
/// cookies, security headers, one log line.
struct EdgeMiddleware: RouterMiddleware {
    /// Longer than any address of ours with a search of 500 characters, percent-encoded four bytes each.
    static let maximumAddressBytes = 8 * 1024

    /// What every party must be able to pass on (W3C Trace Context §3.3.1.5); a longer one is dropped.
    private static let maximumTraceStateBytes = 512

    /// Nothing but our own stylesheet, script and images; the script may ask this site only.
    private static let contentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

    let surroundings: Surroundings
    let isSecure: Bool
    let failurePages: FailurePages
    let origins: CrossOrigin
    let rates: RateLimits

    func handle(
        _ request: Request, context: GatewayContext,
        next: (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        var context = context
        let own = request.headers[.requestID].flatMap { RequestIdentifier($0) }
        context.requestID = (own ?? RequestIdentifier(surroundings: surroundings)).text
        context.trace = trace(of: request)
        var response: Response
        let verdicts = rates.take(request, peer: context.peer)
        do {
            try RateLimits.require(verdicts)
            guard request.uri.string.utf8.count <= Self.maximumAddressBytes else {
                throw HTTPError(.uriTooLong, message: "The address is too long.")
            }
            // The first one was made the authority. Were there two, a proxy in front may have looked at the other.
            guard request.headers[.secondHost] == nil else {
                throw HTTPError(.badRequest, message: "A request has one Host field.")
            }
            response =
                if let preflight = origins.preflight(request) { preflight } else {
                    try await next(request, context)
                }
        } catch let error as HTTPParserError {
            // The bytes are no HTTP: where the next request begins is not known, so the server answers 400 and closes.
            throw error
        } catch {
            let failure = Failure(error)
            if failure.status == .internalServerError {
                context.logger.error(
                    "request failed",
                    metadata: ["request_id": "\(context.requestID)", "error": "\(Self.description(of: error))"])
            }
            response = try reply(to: failure, request: request, context: context)
        }
        RateLimits.mark(&response, verdicts)
        finish(&response, request: request, context: context)
        origins.mark(&response, for: request)
        log(request, response, context, took: ContinuousClock.now - start)
        return response
    }

    /// A failure in the form that the address speaks.
    private func reply(to failure: Failure, request: Request, context: GatewayContext) throws -> Response {
        let path = request.uri.path
        if path == "/fhir" || path.hasPrefix("/fhir/") {
            return FHIRFailure(failure: failure).reply(requestID: context.requestID)
        }
        if path.hasPrefix("/clinicaltables/") {
            return try Problem(failure, requestID: context.requestID).reply(
                retryAfterSeconds: failure.retryAfterSeconds)
        }
        return try failurePages.reply(failure, request: request, context: context)
    }

    /// The caller's trace with a span of our own, or a new trace.
    private func trace(of request: Request) -> TraceContext {
        var generator = SystemRandomNumberGenerator()
        let state = request.headers[.traceState] ?? ""
        let caller = request.headers[.traceParent].flatMap { parent in
            TraceContext(traceparent: parent, state: state.utf8.count <= Self.maximumTraceStateBytes ? state : "")
        }
        return caller?.child(using: &generator) ?? .root(using: &generator)
    }

    private func finish(_ response: inout Response, request: Request, context: GatewayContext) {
        for line in context.cookies.all {
            response.headers.append(HTTPField(name: .setCookie, value: line))
        }
        response.headers[.requestID] = context.requestID
        response.headers[.contentSecurityPolicy] = Self.contentSecurityPolicy
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.referrerPolicy] = "same-origin"
        response.headers[.crossOriginOpenerPolicy] = "same-origin"
        response.headers[.crossOriginResourcePolicy] = "same-origin"
        response.headers[.permissionsPolicy] = "camera=(), geolocation=(), microphone=()"
        if isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000" }
        if request.method == .head { response = response.createHeadResponse() }
    }

    /// Method, route, status, time and id: nothing of the reader.
    private func log(_ request: Request, _ response: Response, _ context: GatewayContext, took: Duration) {
        let micros = took.components.seconds * 1_000_000 + took.components.attoseconds / 1_000_000_000_000
        var logger = context.logger
        // The framework's own id says nothing that ours does not.
        logger[metadataKey: "hb.request.id"] = nil
        logger.info(
            "request",
            metadata: [
                "method": "\(request.method.rawValue.prefix(16))",
                "route": "\(context.endpointPath ?? "none")",
                "status": "\(response.status.code)",
                "micros": "\(micros)",
                "request_id": "\(context.requestID)",
                "trace": "\(context.trace?.traceID ?? "")",
            ])
    }

    /// A service's own words, or the type of any other error (its text may hold what a reader sent).
    private static func description(of error: any Error) -> String {
        switch error {
        case let failure as ServiceFailure: "\(failure.service.rawValue): \(failure.error.message)"
        case let error as ServiceError: error.message
        default: "\(type(of: error))"
        }
    }
}
