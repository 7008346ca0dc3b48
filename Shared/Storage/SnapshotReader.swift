package import Logging
import Synchronization

/// Reads of the published snapshot, from any thread, in place.
///
/// Each read borrows an open connection: threads that read at the same time have one each (as many connections as event
/// loops), and none is shared. `refresh` swaps to a newly published file; reads under way end on the file they began with.
/// `Content` is what the owner computes once per file, such as its list of editions.
package final class SnapshotReader<Content: Sendable>: Sendable {
    /// Computes the content of a newly opened file; throws when the file is not one that this program can serve.
    package typealias Prepare = @Sendable (SnapshotConnection, SnapshotPointer) throws -> Content

    private struct State {
        var generation: SnapshotGeneration<Content>?
        var stamp: SnapshotStamp?
        /// Attempts since the file that `stamp` belongs to could not be opened; nil when it could.
        var failedFor: Int?
        /// Why the newest file could not be opened; nil when it could.
        var refusal: String?
    }

    /// A file that could not be opened is tried again after this many looks at an unchanged `CURRENT`.
    private static var looksBetweenAttempts: Int { 60 }

    private let directory: SnapshotDirectory
    private let prepare: Prepare
    private let logger: Logger
    private let state = Mutex(State())

    /// Opens nothing yet; see `refresh`.
    package init(directory: SnapshotDirectory, logger: Logger, prepare: @escaping Prepare) {
        self.directory = directory
        self.logger = logger
        self.prepare = prepare
    }

    /// What is being served; nil before the first snapshot could be opened.
    package var serving: SnapshotPointer? { state.withLock { $0.generation?.pointer } }

    /// Why the file that `CURRENT` names is not served; nil when it is, or when there is none.
    package var refusal: String? { state.withLock { $0.refusal } }

    /// Calls `body` with a connection and the content of the snapshot that is served. `body` must not keep the connection.
    ///
    /// - Throws: `.nothingPublished` when there is nothing to read; what `body` throws.
    /// - Complexity: two uncontended locks above what `body` does.
    package func read<Result>(_ body: (SnapshotConnection, Content) throws -> Result) throws -> Result {
        guard let generation = state.withLock({ $0.generation }) else {
            throw SnapshotError.nothingPublished(folder: directory.path)
        }
        return try generation.withConnection { try body($0, generation.content) }
    }

    /// Looks whether another snapshot has been published and swaps to it. One `stat` when nothing has changed. A file that
    /// cannot be opened leaves the old one serving and is logged. Called by one task only.
    ///
    /// - Returns: true when it swapped.
    @discardableResult
    package func refresh() -> Bool {
        let stamp = directory.stamp()
        guard let stamp, isNew(stamp) else { return false }
        do {
            let (pointer, connection) = try directory.openCurrent()
            let content = try prepare(connection, pointer)
            let path = directory.file(pointer.fileName)
            let generation = SnapshotGeneration(
                pointer: pointer, path: path, content: content, connection: connection)
            // The old generation goes with its last reader, outside the lock.
            let old = state.withLock { state in
                defer { state = State(generation: generation, stamp: stamp, failedFor: nil) }
                return state.generation
            }
            logger.info(
                "snapshot opened",
                metadata: ["snapshot": "\(pointer.identity)", "before": "\(old?.pointer.identity ?? "none")"])
            return true
        } catch {
            state.withLock { state in
                state.stamp = stamp
                state.failedFor = 0
                state.refusal = "\(error)"
            }
            logger.error(
                "snapshot refused, the one before stays",
                metadata: ["reason": "\(error)", "serving": "\(serving?.identity ?? "none")"])
            return false
        }
    }

    private func isNew(_ stamp: SnapshotStamp) -> Bool {
        state.withLock { state in
            guard state.stamp == stamp else { return true }
            guard let looks = state.failedFor else { return false }
            state.failedFor = looks + 1
            return looks + 1 >= Self.looksBetweenAttempts
        }
    }
}
