import Wire

/// Where a client connects and what it bounds.
package struct ClientConfiguration: Sendable {
    /// "host:port" or "unix:/path", or several of them with commas between; calls are spread over all addresses of all hosts.
    package var target: String
    /// How it makes sure whom it calls over TCP.
    package var security: ClientSecurity
    /// What the client is, e.g. "Gateway", for people who look at a connection.
    package var name: String
    package var limits: Limits
    /// Wait after a failed connect: the first, growing by 1.6, up to the longest, each ± 20 %.
    package var backoff: Duration
    package var longestBackoff: Duration
    package var retry: RetryPolicy
    /// After so long without a reply a call of an idempotent method is sent to another server too, when there is one and the retry budget
    /// allows it: the first reply counts, the other call is cancelled. Nil: never. It should be above the 95th percentile.
    package var hedgeAfter: Duration?
    /// Calls of one event loop that may wait for a connection or a stream.
    package var waitingLimit: Int
    package var schemaHash: UInt64

    package init(
        target: String, security: ClientSecurity = .plaintext, name: String = "", limits: Limits = Limits(),
        backoff: Duration = .milliseconds(200), longestBackoff: Duration = .seconds(5),
        retry: RetryPolicy = RetryPolicy(), hedgeAfter: Duration? = nil, waitingLimit: Int = 4096,
        schemaHash: UInt64 = 0
    ) {
        self.target = target
        self.security = security
        self.name = name
        self.limits = limits
        self.backoff = backoff
        self.longestBackoff = longestBackoff
        self.retry = retry
        self.hedgeAfter = hedgeAfter
        self.waitingLimit = waitingLimit
        self.schemaHash = schemaHash
    }

    var hello: RPCHeaders.Hello {
        RPCHeaders.Hello(
            minVersion: 1, maxVersion: 1, maxFrame: UInt32(limits.frame), maxMessage: UInt32(limits.message),
            maxStreams: UInt32(limits.streams), streamCredit: UInt32(limits.streamCredit),
            connectionCredit: UInt32(limits.connectionCredit), service: name, schemaHash: schemaHash)
    }
}
