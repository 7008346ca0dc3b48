import Glibc

/// Held while the folder of pulled files is read or written: two pulls, two imports, or one of each exclude each other.
/// The kernel gives it back when the process ends, however it ends.
package final class SourcesLock: Sendable {
    private let descriptor: Int32

    /// - Throws: ``FileRefusal`` when another process, or another task of this one, holds it.
    package init(_ folder: DataFolder) throws {
        let path = folder.sources + "/.lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw FileRefusal(
                file: path, reason: "cannot be opened: \(String(cString: strerror(errno)))",
                remedy: "Check that the data folder may be written")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            Glibc.close(descriptor)
            throw FileRefusal(
                file: folder.sources, reason: "is in use by another pull or import",
                remedy: "Wait until it is done, and start again")
        }
    }

    /// Gives it back; called once.
    package func release() { Glibc.close(descriptor) }
}
