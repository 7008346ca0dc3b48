import Wire

/// Where a client connects and what it bounds.
package struct ClientConfiguration: Sendable {
    /// "host:port".
    package var target: String
    /// What the client is, e.g. "Gateway", for people who look at a connection.
    package var name: String
    package var limits: Limits
    /// Wait after a failed connect: the first, growing by 1.6, up to the longest, each ± 20 %.
    package var backoff: Duration
    package var longestBackoff: Duration
    /// Calls that may wait for a connection or a stream.
    package var waitingLimit: Int
    package var schemaHash: UInt64

    package init(
        target: String, name: String = "", limits: Limits = Limits(), backoff: Duration = .milliseconds(200),
        longestBackoff: Duration = .seconds(5), waitingLimit: Int = 4096, schemaHash: UInt64 = 0
    ) {
        self.target = target
        self.name = name
        self.limits = limits
        self.backoff = backoff
        self.longestBackoff = longestBackoff
        self.waitingLimit = waitingLimit
        self.schemaHash = schemaHash
    }

    /// Host and port of the target; nil when it is malformed.
    var address: (host: String, port: Int)? {
        guard let colon = target.lastIndex(of: ":"), let port = Int(target[target.index(after: colon)...]),
            (1...65535).contains(port), colon != target.startIndex
        else { return nil }
        let host = target[..<colon]
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        return (String(isBracketed ? host.dropFirst().dropLast() : host), port)
    }

    var hello: RPCHeaders.Hello {
        RPCHeaders.Hello(
            minVersion: 1, maxVersion: 1, maxFrame: UInt32(limits.frame), maxMessage: UInt32(limits.message),
            maxStreams: UInt32(limits.streams), streamCredit: UInt32(limits.streamCredit),
            connectionCredit: UInt32(limits.connectionCredit), service: name, schemaHash: schemaHash)
    }
}
