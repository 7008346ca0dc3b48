import Dispatch
import Foundation
import Storage

/// The one thread on which passwords are hashed, with a bounded queue before it: hashing takes a core and 64 MiB, so it
/// must neither hold an event loop nor run many times at once.
package final class PasswordWork: Sendable {
    /// Passwords that wait at most: at about 0.1 s each the last waits about 3 s.
    package static let queueLimit = 32

    private let queue: BoundedQueue<@Sendable () -> Void>
    private let hasher: PasswordHasher
    private let ended = DispatchSemaphore(value: 0)
    /// What an unknown address's password is compared with, so that it takes as long as a known one's.
    private let decoy: String

    /// Starts the thread. Hashes once, for the decoy, on the calling thread.
    package init(_ hasher: PasswordHasher = .standard, queueLimit: Int = PasswordWork.queueLimit) throws {
        self.hasher = hasher
        decoy = try hasher.hash(Array("a password that opens nothing".utf8))
        let queue = BoundedQueue<@Sendable () -> Void>(limit: queueLimit)
        self.queue = queue
        let ended = self.ended
        let thread = Thread {
            PasswordWork.yieldToOthers()
            while let work = queue.take(max: 1).first { work() }
            ended.signal()
        }
        thread.name = "password-hashing"
        thread.start()
    }

    deinit { queue.close() }

    /// How much this thread steps back for those that answer calls (nice(2)): among busy cores it gets about a tenth of one,
    /// so that a flood of logins takes no more; with a core to spare it runs as fast as ever.
    private static let niceness: Int32 = 10

    private static func yieldToOthers() {
        // On Linux a niceness is a thread's own; 0 is the calling one. Without it hashing is as right, and only less modest.
        _ = setpriority(__priority_which_t(UInt32(PRIO_PROCESS.rawValue)), 0, niceness)
    }

    /// Hashes a password.
    ///
    /// - Throws: `PasswordHashingError`; `CancellationError` when cancelled before it has begun.
    package func hash(_ password: [UInt8]) async throws -> String {
        try await run { hasher throws in try hasher.hash(password) }
    }

    /// Compares a password with a hash; with the decoy when there is none, which never matches. Hashes of before passwords
    /// were prepared hold the bytes as they were sent, so that those are compared too when they differ.
    ///
    /// - Throws: as `hash`.
    /// - Returns: whether it matches, and a hash as they are made today when the old one was made otherwise.
    package func check(_ password: String, hash: String?) async throws -> (matches: Bool, newHash: String?) {
        let decoy = decoy
        let prepared = Array(Password.prepared(password).utf8)
        let asSent = Array(password.utf8)
        return try await run { hasher throws in
            var matches = try hasher.matches(prepared, hash: hash ?? decoy)
            var isOfBefore = false
            if !matches, asSent != prepared {
                matches = try hasher.matches(asSent, hash: hash ?? decoy)
                isOfBefore = true
            }
            guard matches, let hash else { return (false, nil) }
            return (true, isOfBefore || hasher.isOutdated(hash) ? try hasher.hash(prepared) : nil)
        }
    }

    /// Finishes what waits and ends the thread. Blocks.
    package func close() {
        queue.close()
        ended.wait()
        ended.signal()
    }

    private func run<Value: Sendable>(_ body: @escaping @Sendable (PasswordHasher) throws -> Value) async throws
        -> Value
    {
        let waiter = Waiter<Value>()
        return try await waiter.wait {
            let offer = queue.offer { [hasher] in
                guard waiter.begin() else { return }
                waiter.finish(Result { try body(hasher) })
            }
            switch offer {
            case .accepted: break
            case .full: waiter.finish(.failure(PasswordHashingError.overloaded))
            case .closed: waiter.finish(.failure(PasswordHashingError.closed))
            }
        }
    }
}
