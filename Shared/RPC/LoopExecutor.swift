import NIOCore
import NIOPosix
import Synchronization

/// Runs tasks on an event loop, so that a handler started in place stays on its connection's loop after each suspension.
final class LoopExecutor: TaskExecutor {
    let loop: any EventLoop

    private init(_ loop: any EventLoop) { self.loop = loop }

    /// The executor of a loop; one for each loop of the process.
    static func of(_ loop: any EventLoop) -> LoopExecutor {
        all.withLock { executors in
            if let known = executors[ObjectIdentifier(loop)] { return known }
            let made = LoopExecutor(loop)
            executors[ObjectIdentifier(loop)] = made
            return made
        }
    }

    private static let all = Mutex<[ObjectIdentifier: LoopExecutor]>([:])

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
