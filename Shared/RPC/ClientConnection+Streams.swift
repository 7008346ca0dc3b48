import NIOCore

/// Streams of a client's connection.
extension ClientConnection {
    /// A streaming call has its stream.
    func begin(_ streams: ClientStreams, of call: ClientCall, stream: UInt32) {
        let loop = streams.loop
        let portion = configuration.limits.reportedPortion
        streams.replies.report(every: portion) { [weak self] weight in
            loop.execute { [weak self] in self?.took(weight, of: stream) }
        }
        guard call.method.shape.streamsRequests else { return }
        outbox.open(stream)
        streams.requests.announce { [weak self] in
            if loop.inEventLoop {
                self?.wantsToSend(stream)
            } else {
                loop.execute { [weak self] in self?.wantsToSend(stream) }
            }
        }
    }

    /// The caller has sent something.
    private func wantsToSend(_ stream: UInt32) {
        outbox.wants(stream)
        scheduleFlush()
    }

    /// The caller has taken replies.
    private func took(_ weight: Int, of stream: UInt32) {
        let credit = machine.read(stream, weight: weight)
        if credit > 0 { give(credit, to: stream) }
        giveBack()
    }

    /// Gives back what many streams keep a little of each.
    func giveBack() {
        for (stream, credit) in machine.reclaim() { give(credit, to: stream) }
    }

    private func give(_ credit: Int, to stream: UInt32) {
        outbox.append(.credit(stream: stream, bytes: credit))
        scheduleFlush()
    }

    /// Lets streams write in turns, as much as the outbox takes.
    func fillOutbox() {
        while let stream = outbox.nextTurn() {
            guard let streams = machine.call(on: stream)?.streams else {
                outbox.drop(stream: stream)
                continue
            }
            switch streams.requests.take() {
            case .message(let request): outbox.put(request, stream)
            case .nothing: outbox.idle(stream)
            case .end(let error):
                outbox.idle(stream)
                // An error is the caller's or the call's own: CANCEL or nothing follows, not an end.
                if error == nil { outbox.append(.endOfRequests(stream: stream)) }
            }
        }
    }
}
