import NIOCore
import Wire

/// Streams of a server's connection.
extension ServerConnection {
    /// Of what handlers take, this much is reported at a time.
    var requestPortion: Int { server.configuration.limits.reportedPortion }

    /// The requests of a streaming call, as far as they came with its CALL.
    enum FirstRequests {
        /// The one request of a method that takes one, or the only one of a stream.
        case whole(ByteBuffer)
        case stream(first: ByteBuffer?, isEnded: Bool)
    }

    /// Requests come one after the other: the method takes that, or the call ends at once.
    func open(_ call: ServerCall, _ route: Route, first: ByteBuffer?, isEnded: Bool, until end: NIODeadline) {
        guard let handler = route.stream, route.method.shape.streamsRequests else {
            let error =
                isEnded && first == nil
                ? ServiceError(.invalidArgument, "the request is missing")
                : ServiceError(.unimplemented, "\(route.method.fullName) takes one request")
            send(error, stream: call.stream)
            isNotRun(call, error.kind)
            return
        }
        begin(call, handler, .stream(first: first, isEnded: isEnded), until: end)
    }

    /// Runs the handler of a streaming method.
    func begin(
        _ call: ServerCall, _ handler: @escaping Route.StreamHandler, _ begun: FirstRequests, until end: NIODeadline
    ) {
        guard takesStream(call) else { return }
        let limits = server.configuration.limits
        let requests = MessagePipe(capacity: .max, messageLimit: .max)
        let replies = MessagePipe(capacity: limits.sendAhead, messageLimit: messageLimit)
        switch begun {
        case .whole(let message):
            machine.started(call.stream, call, bytes: message.readableBytes, deadline: end)
            requests.push(message)
            requests.finish()
        case .stream(let first, let isEnded):
            machine.started(call.stream, call, bytes: 0, deadline: end)
            machine.opened(call.stream, first: first, isEnded: isEnded)
            if let first { requests.push(first) }
            if isEnded { requests.finish() }
        }
        if call.context.method.shape.streamsReplies { outbox.open(call.stream) }
        call.run(handler, requests: requests, replies: replies)
        guard !call.isFinished else { return }
        hold(call)
        scheduleWake(by: end)
    }

    /// A handler has written.
    func wantsToSend(_ call: ServerCall) {
        outbox.wants(call.stream)
        scheduleFlush()
    }

    /// A handler has taken requests.
    func took(_ weight: Int, of call: ServerCall) {
        give(machine.read(call.stream, weight: weight), to: call.stream)
        giveBack()
    }

    /// Gives back what many streams keep a little of each.
    func giveBack() {
        for (stream, credit) in machine.reclaim() { give(credit, to: stream) }
    }

    func give(_ credit: Int, to stream: UInt32) {
        guard credit > 0 else { return }
        outbox.append(.credit(stream: stream, bytes: credit))
        scheduleFlush()
    }

    /// Lets streams write in turns, as much as the outbox takes.
    func fillOutbox() {
        while let stream = outbox.nextTurn() {
            guard let call = machine.call(on: stream) else {
                outbox.drop(stream: stream)
                continue
            }
            switch call.nextReply() {
            case .message(let reply): outbox.put(reply, stream)
            case .nothing: outbox.idle(stream)
            case .end(let error):
                outbox.idle(stream)
                call.conclude(error)
            }
        }
    }

    /// The last frame of a streaming call that went well: REPLY with the status, and the reply of a method that has one.
    func sendEnd(of call: ServerCall, reply: ByteBuffer?) {
        outbox.drop(stream: call.stream)
        var header = ByteBuffer()
        if let trailing = call.trailing {
            do throws(WireError) {
                try header.writeMessage(RPCHeaders.ReplyHeader(meta: trailing.meta))
            } catch {
                header.clear()
            }
        }
        let message = reply ?? ByteBuffer()
        if outbox.fits(header: header.readableBytes, message: message.readableBytes) {
            outbox.append(Frame(.reply, flags: .last, stream: call.stream, header: header, message: message))
        } else {
            outbox.appendLarge(stream: call.stream, header: header, message: message, isReply: true)
        }
        scheduleFlush()
    }

    /// The reply of a unary call with the metadata that its handler said.
    func sendWithMetadata(_ reply: some WireMessage, for call: ServerCall) {
        var message = ByteBuffer()
        do throws(WireError) {
            try message.writeMessage(reply)
        } catch {
            return send(ServiceError(messageError: error, mayHaveRun: true), stream: call.stream)
        }
        guard message.readableBytes <= messageLimit else {
            let error = ServiceError(
                .resourceExhausted, "the reply has \(message.readableBytes) bytes, over \(messageLimit)",
                mayHaveRun: true)
            return send(error, stream: call.stream)
        }
        sendEnd(of: call, reply: message)
    }

    func send(initial metadata: Metadata, stream: UInt32) {
        do throws(WireError) {
            outbox.append(try .initial(stream: stream, metadata))
            scheduleFlush()
        } catch {
            fail(ConnectionError(.internal, "INIT cannot be packed"))
        }
    }
}
