import HTTPTypes
import Hummingbird
import NIOCore
import RPC
import Runtime

/// The rates that hold for a request: its network's, and that of the session or key it shows. Replies say what is left
/// (IETF draft "RateLimit header fields for HTTP").
struct RateLimits: Sendable {
    /// On the machine itself there is no stranger, and without a trusted proxy everybody may seem to come from there.
    private static let loopbackFactor = 1_000
    /// What a monitor asks, and what a page needs to be shown at all.
    private static let free: Set = ["/livez", "/readyz", "/robots.txt"]

    /// Requests a minute of a network; 0: not limited.
    let network: Int
    /// Requests a minute of a session or key; 0: not limited.
    let credential: Int
    let readerNetwork: ReaderNetwork
    let sessionCookie: String
    let surroundings: Surroundings
    private let limiter = RateLimiter()

    /// What a request finds in its buckets.
    func take(_ request: Request, peer: SocketAddress?) -> [RateLimiter.Verdict] {
        guard !Self.free.contains(request.uri.path) else { return [] }
        let prefix = readerNetwork.prefix(of: request, peer: peer)
        let factor = prefix.isEmpty || prefix.hasPrefix("127.") || prefix == "::/56" ? Self.loopbackFactor : 1
        let now = surroundings.now()
        var verdicts: [RateLimiter.Verdict] = []
        if network > 0 { verdicts.append(limiter.take(.network(prefix), quota: network * factor, now: now)) }
        if credential > 0, let token = token(of: request) {
            verdicts.append(limiter.take(.credential(token.hashValue), quota: credential * factor, now: now))
        }
        return verdicts
    }

    /// - Throws: `resourceExhausted` `rate_limited` with the time until there is a request again.
    static func require(_ verdicts: [RateLimiter.Verdict]) throws(ServiceError) {
        guard let refused = verdicts.filter(\.isRefused).max(by: { $0.seconds < $1.seconds }) else { return }
        throw ServiceError(
            .resourceExhausted, "At most \(refused.quota) requests a minute for one \(refused.name). Slow down.",
            reason: "rate_limited", retryAfter: .seconds(refused.seconds))
    }

    /// Says what is left.
    static func mark(_ response: inout Response, _ verdicts: [RateLimiter.Verdict]) {
        guard !verdicts.isEmpty else { return }
        response.headers[.rateLimitPolicy] =
            verdicts.map { "\"\($0.name)\";q=\($0.quota);w=\(RateLimiter.window)" }.joined(separator: ", ")
        response.headers[.rateLimit] =
            verdicts.map { "\"\($0.name)\";r=\($0.remaining);t=\($0.seconds)" }.joined(separator: ", ")
    }

    private func token(of request: Request) -> String? {
        request.headers[.authorization] ?? request.cookies[sessionCookie]?.value
    }
}
