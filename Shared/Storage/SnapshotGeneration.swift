import Synchronization

/// One opened snapshot file with its idle connections. It lives as long as a read of it.
final class SnapshotGeneration<Content: Sendable>: Sendable {
    let pointer: SnapshotPointer
    let content: Content
    private let path: String
    private let idle: Mutex<[Lent]>

    /// SAFETY: a connection is in `idle` or with the one caller of `withConnection` that took it out, never both.
    private struct Lent: @unchecked Sendable {
        let connection: SnapshotConnection
    }

    init(pointer: SnapshotPointer, path: String, content: Content, connection: SnapshotConnection) {
        self.pointer = pointer
        self.path = path
        self.content = content
        idle = Mutex([Lent(connection: connection)])
    }

    /// Lends a connection, a new one when all are lent.
    func withConnection<Result>(_ body: (SnapshotConnection) throws -> Result) throws -> Result {
        let taken = idle.withLock { $0.popLast() }
        let lent = try taken ?? Lent(connection: SnapshotConnection(reading: path))
        defer { idle.withLock { $0.append(lent) } }
        return try body(lent.connection)
    }
}
