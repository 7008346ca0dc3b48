import HTTPTypes

extension HTTPField.Name {
    /// Whether the browser, another page of ours or another site made the request (Fetch Metadata).
    static let secFetchSite = HTTPField.Name("Sec-Fetch-Site")!
    /// `prefetch` when nobody looks at the answer yet.
    static let secPurpose = HTTPField.Name("Sec-Purpose")!
    /// The older spelling of the same.
    static let purpose = HTTPField.Name("Purpose")!
    /// The last event that a reader of a stream has seen (HTML Standard §9.2).
    static let lastEventID = HTTPField.Name("Last-Event-ID")!
    /// Tells a proxy in front not to hold a stream back.
    static let xAccelBuffering = HTTPField.Name("X-Accel-Buffering")!
    /// The rates in force, and what is left of them (IETF draft "RateLimit header fields for HTTP").
    static let rateLimitPolicy = HTTPField.Name("RateLimit-Policy")!
    static let rateLimit = HTTPField.Name("RateLimit")!
    /// The first one was made the authority; a second one stays among the fields.
    static let secondHost = HTTPField.Name("Host")!
    /// Names a request.
    static let requestID = HTTPField.Name("X-Request-Id")!
    /// W3C Trace Context.
    static let traceParent = HTTPField.Name("traceparent")!
    /// What parties of a trace add to it.
    static let traceState = HTTPField.Name("tracestate")!
    /// The addresses that a request came through, as proxies write them.
    static let forwardedFor = HTTPField.Name("X-Forwarded-For")!
    /// Makes a repeated request one request.
    static let idempotencyKey = HTTPField.Name("Idempotency-Key")!
    /// Keeps other origins from opening a handle on our windows.
    static let crossOriginOpenerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy")!
    /// Keeps other origins from loading our replies.
    static let crossOriginResourcePolicy = HTTPField.Name("Cross-Origin-Resource-Policy")!
    /// How much of an address other sites learn.
    static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
    /// Browser features that we never ask for.
    static let permissionsPolicy = HTTPField.Name("Permissions-Policy")!
    /// RFC 8288.
    static let link = Self("Link")!
}
