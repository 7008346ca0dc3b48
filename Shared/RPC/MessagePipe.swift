import DequeModule
import NIOCore
import Synchronization

/// One direction of a streaming call within the process: messages in wire form on their way from whoever sends them to whoever takes
/// them. A sender waits while the pipe is full; a reader waits while it is empty; either may be a task, or an event loop that never
/// waits.
final class MessagePipe: Sendable {
    enum Taken {
        case message(ByteBuffer)
        /// Every message was taken; nil: nothing went wrong.
        case end(ServiceError?)
        case nothing
    }

    /// What a message weighs beyond its bytes: a stream of empty messages has its price too. It is the size of a frame's prefix.
    static let overhead = Frame.prefixLength

    /// Bytes that wait before senders do.
    let capacity: Int
    /// Largest message.
    let messageLimit: Int
    private let state = Mutex(State())

    private struct State {
        var queue: Deque<ByteBuffer> = []
        /// The weight of the queue.
        var queued = 0
        var hasBegun = false
        var isEnded = false
        var error: ServiceError?
        var reader: UnsafeContinuation<Bool, Never>?
        var senders: [UInt64: UnsafeContinuation<Void, Never>] = [:]
        var nextSender: UInt64 = 0
        /// Tells an event loop that there is something to take.
        var announce: (@Sendable () -> Void)?
        var isAnnounced = false
        /// Tells an event loop how much was taken.
        var report: (@Sendable (Int) -> Void)?
        var reportEvery = Int.max
        var unreported = 0
    }

    /// What to do once the lock is given back.
    private struct Wakes {
        var reader: UnsafeContinuation<Bool, Never>?
        var senders: [UnsafeContinuation<Void, Never>] = []
        var announce: (@Sendable () -> Void)?
        var report: (@Sendable (Int) -> Void)?
        var weight = 0

        func perform() {
            reader?.resume(returning: true)
            for sender in senders { sender.resume() }
            announce?()
            report?(weight)
        }
    }

    init(capacity: Int, messageLimit: Int) {
        self.capacity = capacity
        self.messageLimit = messageLimit
    }

    // MARK: Sending

    /// Sends a message; waits while the pipe is full.
    ///
    /// - Throws: `resourceExhausted` for a message over the limit; what the pipe ended with; `cancelled` when the task was cancelled.
    func send(_ message: ByteBuffer) async throws(ServiceError) {
        guard message.readableBytes <= messageLimit else {
            throw ServiceError(
                .resourceExhausted, "a message has \(message.readableBytes) bytes, over \(messageLimit)")
        }
        while try !offer(message) {
            await waitForRoom()
            if Task.isCancelled { throw ServiceError(.cancelled, "the task was cancelled") }
        }
    }

    /// Adds a message however full the pipe is; one that comes after the end is dropped.
    func push(_ message: ByteBuffer) {
        let wakes = state.withLock { state in
            guard !state.isEnded else { return Wakes() }
            return MessagePipe.append(message, to: &state)
        }
        wakes.perform()
    }

    /// No message comes any more; what is there can still be taken, then the error is met. The first end counts.
    func finish(throwing error: ServiceError? = nil) { end(error, dropping: false) }

    /// Ends at once: what was not taken is dropped. It counts more than a `finish` before.
    func abort(_ error: ServiceError) { end(error, dropping: true) }

    /// False: it is full.
    private func offer(_ message: ByteBuffer) throws(ServiceError) -> Bool {
        let outcome: Result<Wakes?, ServiceError> = state.withLock { state in
            if state.isEnded { return .failure(state.error ?? ServiceError(.cancelled, "the stream has ended")) }
            if state.queued >= capacity { return .success(nil) }
            return .success(MessagePipe.append(message, to: &state))
        }
        guard let wakes = try outcome.get() else { return false }
        wakes.perform()
        return true
    }

    private static func append(_ message: ByteBuffer, to state: inout State) -> Wakes {
        state.queue.append(message)
        state.queued += message.readableBytes + overhead
        return wakesOfConsumer(&state)
    }

    private static func wakesOfConsumer(_ state: inout State) -> Wakes {
        var wakes = Wakes(reader: state.reader.take())
        if !state.isAnnounced, let announce = state.announce {
            state.isAnnounced = true
            wakes.announce = announce
        }
        return wakes
    }

    private func end(_ error: ServiceError?, dropping: Bool) {
        let wakes = state.withLock { state in
            if dropping {
                state.queue = []
                state.queued = 0
            } else if state.isEnded {
                return Wakes()
            }
            state.isEnded = true
            state.error = error
            var wakes = MessagePipe.wakesOfConsumer(&state)
            wakes.senders = Array(state.senders.values)
            state.senders = [:]
            return wakes
        }
        wakes.perform()
    }

    private func waitForRoom() async {
        let number = state.withLock { state in
            state.nextSender += 1
            return state.nextSender
        }
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                let waits = state.withLock { state in
                    guard !state.isEnded, state.queued >= capacity, !Task.isCancelled else { return false }
                    state.senders[number] = continuation
                    return true
                }
                if !waits { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.senders.removeValue(forKey: number) }?.resume()
        }
    }

    // MARK: Taking

    /// The next message; nil at the end. One task at a time.
    ///
    /// - Throws: what the pipe ended with; `cancelled` when the task was cancelled; `internal` when two tasks read.
    func next() async throws(ServiceError) -> ByteBuffer? {
        while true {
            switch take() {
            case .message(let message): return message
            case .end(let error):
                if let error { throw error }
                return nil
            case .nothing:
                if Task.isCancelled { throw ServiceError(.cancelled, "the task was cancelled") }
                if !(await waitForMessage()) {
                    throw ServiceError(.internal, "two tasks read the same stream")
                }
            }
        }
    }

    /// What is there now; an event loop that got `nothing` is told when that changes.
    func take() -> Taken {
        var wakes = Wakes()
        let taken: Taken = state.withLock { state in
            guard let message = state.queue.popFirst() else {
                state.isAnnounced = false
                return state.isEnded ? .end(state.error) : .nothing
            }
            let weight = message.readableBytes + MessagePipe.overhead
            state.hasBegun = true
            state.queued -= weight
            state.unreported += weight
            if state.queued < capacity, !state.senders.isEmpty {
                wakes.senders = Array(state.senders.values)
                state.senders = [:]
            }
            if state.unreported >= state.reportEvery {
                wakes.report = state.report
                wakes.weight = state.unreported
                state.unreported = 0
            }
            return .message(message)
        }
        wakes.perform()
        return taken
    }

    /// False: another task waits already.
    private func waitForMessage() async -> Bool {
        await withTaskCancellationHandler {
            await withUnsafeContinuation { (continuation: UnsafeContinuation<Bool, Never>) in
                let outcome: Bool? = state.withLock { state in
                    guard state.queue.isEmpty, !state.isEnded, !Task.isCancelled else { return true }
                    guard state.reader == nil else { return false }
                    state.reader = continuation
                    return nil
                }
                if let outcome { continuation.resume(returning: outcome) }
            }
        } onCancel: {
            state.withLock { $0.reader.take() }?.resume(returning: true)
        }
    }

    /// Whether a message was taken.
    var hasBegun: Bool { state.withLock { $0.hasBegun } }

    /// Whether no message comes any more.
    var isEnded: Bool { state.withLock { $0.isEnded } }

    // MARK: Event loops

    /// An event loop takes the messages: it is told once whenever there is something to take after there was nothing, now as well.
    func announce(_ announce: @escaping @Sendable () -> Void) {
        let wakes = state.withLock { state in
            state.announce = announce
            state.isAnnounced = false
            return state.queue.isEmpty && !state.isEnded ? Wakes() : MessagePipe.wakesOfConsumer(&state)
        }
        wakes.perform()
    }

    /// An event loop fed the pipe: it is told the weight of what was taken, in portions.
    func report(every portion: Int, _ report: @escaping @Sendable (Int) -> Void) {
        state.withLock { state in
            state.report = report
            state.reportEvery = portion
        }
    }

    /// The event loop is gone.
    func detach() {
        state.withLock { state in
            state.announce = nil
            state.report = nil
        }
    }
}

extension ByteBuffer {
    /// The same bytes, in storage of their own when they would keep a much larger buffer alive: what lies in a pipe is counted by its size.
    var detached: ByteBuffer {
        readableBytes * 2 >= storageCapacity ? self : ByteBuffer(bytes: readableBytesView)
    }
}
