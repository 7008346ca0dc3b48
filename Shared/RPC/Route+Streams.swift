package import Wire

extension Route {
    /// What runs a streaming method: takes the requests, sends the replies; the call ends with it.
    typealias StreamHandler =
        @Sendable (_ requests: MessagePipe, _ replies: MessagePipe, CallContext) async throws(ServiceError) -> Void

    /// A method of one request and many replies.
    package init<Request: WireMessage, Reply: WireMessage>(
        serverStreaming method: Method,
        _ handler: @escaping @Sendable (Request, ReplyWriter<Reply>, CallContext) async throws(ServiceError) -> Void
    ) {
        self.init(stream: method) { (requests, replies, context) async throws(ServiceError) in
            guard let request = try await Requests<Request>(pipe: requests).next() else {
                throw ServiceError(.invalidArgument, "\(method.fullName) takes one request")
            }
            try await handler(request, ReplyWriter(pipe: replies), context)
        }
    }

    /// A method of many requests and one reply.
    package init<Request: WireMessage, Reply: WireMessage>(
        clientStreaming method: Method,
        _ handler: @escaping @Sendable (Requests<Request>, CallContext) async throws(ServiceError) -> Reply
    ) {
        self.init(stream: method) { (requests, replies, context) async throws(ServiceError) in
            let reply = try await handler(Requests(pipe: requests), context)
            try await ReplyWriter(pipe: replies).write(reply)
        }
    }

    /// A method of many requests and many replies.
    package init<Request: WireMessage, Reply: WireMessage>(
        bidirectional method: Method,
        _ handler:
            @escaping @Sendable (Requests<Request>, ReplyWriter<Reply>, CallContext) async throws(ServiceError) -> Void
    ) {
        self.init(stream: method) { (requests, replies, context) async throws(ServiceError) in
            try await handler(Requests(pipe: requests), ReplyWriter(pipe: replies), context)
        }
    }

    private init(stream method: Method, _ handler: @escaping StreamHandler) {
        self.method = method
        stream = handler
        makeCall = { ServerCall($0) }
        respond = { (_, _) async throws(ServiceError) in throw Route.notUnary(method) }
    }

    private static func notUnary(_ method: Method) -> ServiceError {
        ServiceError(.unimplemented, "\(method.fullName) is a stream")
    }
}
