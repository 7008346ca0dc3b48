package import NIOCore
import NIOPosix
import Synchronization
package import Wire

/// Calls the servers of a target over TCP: one multiplexed connection to each per event loop, made when the first call needs it, made again
/// after a loss. Each call goes to one of them (`Balancer`), and is tried again where that is safe (`Retry`).
package final class Client: RPCChannel {
    let configuration: ClientConfiguration
    private let directory: Directory
    private let pools: [ClientPool]
    private let next = Atomic<Int>(0)
    let budget = Mutex(RetryBudget(now: .now()))
    private let isClosed = Atomic<Bool>(false)
    /// Copies that were sent (`ClientConfiguration.hedgeAfter`).
    let hedges = Atomic<Int>(0)

    /// Copies of slow reads that were sent to another server so far.
    package var hedgedCalls: Int { hedges.load(ordering: .relaxed) }

    /// - Parameter target: "host:port", or several with commas between.
    package convenience init(to target: String, group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton) {
        self.init(configuration: ClientConfiguration(target: target), group: group)
    }

    package init(
        configuration: ClientConfiguration, group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    ) {
        Wire.keepsMemory
        self.configuration = configuration
        let directory = Directory(target: configuration.target)
        self.directory = directory
        pools = group.makeIterator().map { loop in
            ClientPool(loop: loop, configuration: configuration, directory: directory)
        }
        directory.adopt(pools)
    }

    deinit {
        // The loops may be gone after `close`.
        guard !isClosed.load(ordering: .relaxed) else { return }
        for pool in pools { pool.loop.execute { pool.close() } }
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
        isClosed.store(true, ordering: .relaxed)
        for pool in pools { pool.loop.execute { pool.close() } }
    }

    /// Makes the call, again where `Retry` says so.
    private func call(
        _ method: Method, message: ByteBuffer, options: CallOptions
    ) async throws(ServiceError) -> ByteBuffer {
        let limit = configuration.limits.message
        guard message.readableBytes <= limit else {
            throw ServiceError(.resourceExhausted, "a request has at most \(limit) bytes")
        }
        let now = NIODeadline.now()
        let deadline = now + TimeAmount(options.timeout ?? CallOptions.defaultTimeout)
        called(at: now)
        let first = ClientCall(
            method: method, options: options, message: message, deadline: deadline, attempt: 0, avoiding: nil)
        let pool = pool()
        let hedge = method.isIdempotent ? configuration.hedgeAfter : nil
        let ended =
            if let hedge { await outcome(of: first, after: hedge, on: pool) } else {
                await outcome(of: first, on: pool)
            }
        switch ended {
        case (.reply(let reply), _): return reply
        case (.failed(let failure), let endpoint): return try await retry(first, after: failure, at: endpoint)
        }
    }

    /// A call begins.
    func called(at now: NIODeadline) {
        directory.touch(now: now)
        budget.withLock { $0.called() }
    }

    /// The first try failed.
    private func retry(
        _ call: ClientCall, after failure: Retry.Failure, at endpoint: Endpoint?
    ) async throws(ServiceError) -> ByteBuffer {
        let mayRepeat = call.method.isIdempotent || call.options.idempotencyKey != nil
        var retry = Retry(policy: configuration.retry, mayRepeat: mayRepeat, deadline: call.deadline)
        var failure = failure
        var endpoint = endpoint
        while true {
            switch verdict(&retry, on: failure) {
            case .giveUp(let error): throw error
            case .again(let wait):
                guard await Client.slept(wait) else {
                    throw ServiceError(.cancelled, "the caller was cancelled", mayHaveRun: retry.mayHaveRun)
                }
            }
            let again = ClientCall(
                method: call.method, options: call.options, message: call.message, deadline: call.deadline,
                attempt: UInt32(retry.attempt), avoiding: endpoint)
            switch await outcome(of: again, on: pool()) {
            case (.reply(let reply), _): return reply
            case (.failed(let next), let place):
                failure = next
                endpoint = place ?? endpoint
            }
        }
    }

    func verdict(_ retry: inout Retry, on failure: Retry.Failure) -> Retry.Verdict {
        budget.withLock { budget in
            var generator = SystemRandomNumberGenerator()
            return retry.verdict(on: failure, budget: &budget, now: .now(), using: &generator)
        }
    }

    func outcome(of call: ClientCall, on pool: ClientPool) async -> (ClientCall.Outcome, Endpoint?) {
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                if pool.loop.inEventLoop {
                    call.wait(continuation)
                    pool.submit(call)
                } else {
                    pool.loop.execute {
                        call.wait(continuation)
                        pool.submit(call)
                    }
                }
            }
        } onCancel: {
            pool.loop.execute { call.giveUp(ServiceError(.cancelled, "the caller was cancelled")) }
        }
    }

    /// The pool of the loop that this runs on, else the loops in turn.
    func pool() -> ClientPool {
        if let current = MultiThreadedEventLoopGroup.currentEventLoop {
            for pool in pools where pool.loop === current { return pool }
        }
        let turn = next.add(1, ordering: .relaxed).oldValue
        return pools[(turn & Int.max) % pools.count]
    }

    /// False when the caller was cancelled meanwhile.
    private static func slept(_ duration: Duration) async -> Bool {
        guard duration > .zero else { return !Task.isCancelled }
        do { try await Task.sleep(for: duration) } catch { return false }
        return true
    }
}
