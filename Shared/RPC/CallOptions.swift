/// What a caller says of one call beyond its request.
package struct CallOptions: Sendable {
    /// Time from now until the call fails with `deadlineExceeded`; nil: 10 s.
    package var timeout: Duration?
    package var idempotencyKey: IdempotencyKey?
    package var trace: TraceContext?
    /// The id under which the request is found in every program's log.
    package var requestID: String
    /// On whose behalf the call is made.
    package var principal: [UInt8]
    package var metadata: Metadata
    /// Wait for a connection until the deadline instead of failing at once while the server is away.
    package var waitForReady: Bool
    /// Where the metadata of the reply is put; nil: it is not wanted.
    package var replyMetadata: ReplyMetadata?

    /// What applies when `timeout` is nil.
    package static let defaultTimeout = Duration.seconds(10)

    package init(
        timeout: Duration? = nil, idempotencyKey: IdempotencyKey? = nil, trace: TraceContext? = nil,
        requestID: String = "", principal: [UInt8] = [], metadata: Metadata = Metadata(), waitForReady: Bool = false,
        replyMetadata: ReplyMetadata? = nil
    ) {
        self.timeout = timeout
        self.idempotencyKey = idempotencyKey
        self.trace = trace
        self.requestID = requestID
        self.principal = principal
        self.metadata = metadata
        self.waitForReady = waitForReady
        self.replyMetadata = replyMetadata
    }

    /// For a call that a handler makes while it serves another: what is left of its deadline less a margin, its trace, request id
    /// and principal.
    ///
    /// The margin of 5 ms (at most a tenth of what is left) lets the answer travel back before the caller gives up.
    package init(within context: CallContext) {
        let remaining = context.remaining
        self.init(
            timeout: remaining - min(.milliseconds(5), remaining / 10), trace: context.trace,
            requestID: context.requestID, principal: context.principal)
    }
}
