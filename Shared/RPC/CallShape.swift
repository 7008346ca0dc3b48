/// How many messages a method takes and gives.
package enum CallShape: Sendable {
    /// One request, one reply.
    case unary
    /// One request, a stream of replies.
    case serverStreaming
    /// A stream of requests, one reply.
    case clientStreaming
    /// Streams both ways, each at its own pace.
    case bidirectional

    /// Whether the requests are a stream.
    package var streamsRequests: Bool { self == .clientStreaming || self == .bidirectional }

    /// Whether the replies are a stream.
    package var streamsReplies: Bool { self == .serverStreaming || self == .bidirectional }
}
