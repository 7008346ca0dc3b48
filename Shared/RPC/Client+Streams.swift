package import NIOCore

extension Client {
    package func open(_ method: Method, request: ByteBuffer?, options: CallOptions) -> StreamCall {
        let limits = configuration.limits
        if let request, request.readableBytes > limits.message {
            let error = ServiceError(.resourceExhausted, "a request has at most \(limits.message) bytes")
            return StreamCall(failing: error)
        }
        let pool = pool()
        let streams = ClientStreams(
            requests: MessagePipe(capacity: limits.sendAhead, messageLimit: limits.message),
            replies: MessagePipe(capacity: .max, messageLimit: .max), loop: pool.loop,
            hasOneReply: !method.shape.streamsReplies)
        let now = NIODeadline.now()
        let deadline = now + TimeAmount(options.timeout ?? CallOptions.defaultTimeout)
        directory.touch(now: now)
        let call = ClientCall(
            method: method, options: options, message: request ?? ByteBuffer(), deadline: deadline, attempt: 0,
            streams: streams)
        pool.loop.execute { pool.submit(call) }
        return StreamCall(requests: streams.requests, replies: streams.replies) {
            pool.loop.execute { call.giveUp(ServiceError(.cancelled, "the caller cancelled")) }
        }
    }
}
