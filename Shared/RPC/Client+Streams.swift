package import NIOCore

extension Client {
    /// A stream that was provably not run, and of which no request was sent, is tried once more.
    package func open(_ method: Method, request: ByteBuffer?, options: CallOptions) -> StreamCall {
        let limits = configuration.limits
        if let request, request.readableBytes > limits.message {
            let error = ServiceError(.resourceExhausted, "a request has at most \(limits.message) bytes")
            return StreamCall(failing: error)
        }
        let now = NIODeadline.now()
        let deadline = now + TimeAmount(options.timeout ?? CallOptions.defaultTimeout)
        called(at: now)
        let pool = pool()
        var retry = Retry(policy: configuration.retry, mayRepeat: false, deadline: deadline)
        let streams = ClientStreams(
            requests: MessagePipe(capacity: limits.sendAhead, messageLimit: limits.message),
            replies: MessagePipe(capacity: .max, messageLimit: .max), loop: pool.loop,
            hasOneReply: !method.shape.streamsReplies
        ) { [weak self] streams, call, failure in
            guard let self, case .again(let wait) = self.verdict(&retry, on: failure) else { return false }
            let again = ClientCall(
                method: method, options: options, message: call.message, deadline: deadline,
                attempt: UInt32(retry.attempt), avoiding: call.sent?.slot.endpoint, streams: streams)
            pool.loop.assumeIsolated().scheduleTask(in: TimeAmount(wait)) {
                if streams.begin(again) { pool.submit(again) }
            }
            return true
        }
        let call = ClientCall(
            method: method, options: options, message: request ?? ByteBuffer(), deadline: deadline, attempt: 0,
            avoiding: nil, streams: streams)
        pool.loop.execute {
            if streams.begin(call) { pool.submit(call) }
        }
        return StreamCall(requests: streams.requests, replies: streams.replies) {
            pool.loop.execute { streams.giveUp(ServiceError(.cancelled, "the caller cancelled")) }
        }
    }
}
