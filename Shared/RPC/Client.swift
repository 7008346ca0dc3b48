package import NIOCore
import NIOPosix
import Synchronization
package import Wire

/// Calls a server over TCP: one multiplexed connection per event loop, made when the first call needs it, made again after a loss.
package final class Client: RPCChannel {
    let configuration: ClientConfiguration
    private let slots: [ClientSlot]
    private let next = Atomic<Int>(0)

    /// - Parameter target: "host:port".
    package convenience init(to target: String, group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton) {
        self.init(configuration: ClientConfiguration(target: target), group: group)
    }

    package init(
        configuration: ClientConfiguration, group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    ) {
        self.configuration = configuration
        let family = SlotFamily()
        slots = group.makeIterator().map { loop in
            ClientSlot(loop: loop, configuration: configuration, announce: { family.wakeUp() })
        }
        family.adopt(slots)
    }

    deinit {
        for slot in slots { slot.loop.execute { slot.close() } }
    }

    package func call<Request: WireMessage, Reply: WireMessage>(
        _ method: Method, _ request: Request, options: CallOptions
    ) async throws(ServiceError) -> Reply {
        var message = ByteBuffer()
        do throws(WireError) {
            try message.writeMessage(request)
        } catch {
            throw ServiceError(messageError: error, mayHaveRun: false)
        }
        let reply = try await call(method, message: message, options: options)
        do throws(WireError) {
            return try reply.message(Reply.self)
        } catch {
            throw ServiceError(messageError: error, mayHaveRun: true)
        }
    }

    package func call(_ method: Method, bytes: [UInt8], options: CallOptions) async throws(ServiceError) -> [UInt8] {
        let reply = try await call(method, message: ByteBuffer(bytes: bytes), options: options)
        return Array(buffer: reply)
    }

    /// Ends every connection; calls under way fail with `unavailable`.
    package func close() async {
        for slot in slots { slot.loop.execute { slot.close() } }
    }

    /// Makes the call; one that was provably not run is tried once more elsewhere.
    private func call(
        _ method: Method, message: ByteBuffer, options: CallOptions
    ) async throws(ServiceError) -> ByteBuffer {
        let limit = configuration.limits.message
        guard message.readableBytes <= limit else {
            throw ServiceError(.resourceExhausted, "a request has at most \(limit) bytes")
        }
        let deadline = NIODeadline.now() + TimeAmount(options.timeout ?? CallOptions.defaultTimeout)
        var attempt: UInt32 = 0
        while true {
            let call = ClientCall(
                method: method, options: options, message: message, deadline: deadline, attempt: attempt)
            switch await outcome(of: call) {
            case .reply(let reply): return reply
            case .failure(let error): throw error
            case .notRun(let error, let pushback):
                guard attempt == 0, pushback >= 0, deadline > .now() + .milliseconds(Int64(pushback)) else {
                    throw error
                }
                attempt = 1
                if pushback > 0 { await Client.pause(.milliseconds(Int64(pushback))) }
            }
        }
    }

    private func outcome(of call: ClientCall) async -> ClientCall.Outcome {
        let slot = slot()
        return await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                if slot.loop.inEventLoop {
                    call.wait(continuation)
                    slot.submit(call)
                } else {
                    slot.loop.execute {
                        call.wait(continuation)
                        slot.submit(call)
                    }
                }
            }
        } onCancel: {
            slot.loop.execute { call.giveUp(ServiceError(.cancelled, "the caller was cancelled")) }
        }
    }

    /// The slot of the loop that this runs on, else the loops in turn.
    func slot() -> ClientSlot {
        if let current = MultiThreadedEventLoopGroup.currentEventLoop {
            for slot in slots where slot.loop === current { return slot }
        }
        let turn = next.add(1, ordering: .relaxed).oldValue
        return slots[(turn & Int.max) % slots.count]
    }

    private static func pause(_ duration: Duration) async {
        do { try await Task.sleep(for: duration) } catch { await Task.yield() }
    }
}
