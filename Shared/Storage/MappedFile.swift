import Glibc

/// A file that never changes, mapped into memory for reading. The bytes may be read as long as the value lives.
///
/// Only the pages that are touched are in memory, and the kernel may drop them again: they are the file's own.
package final class MappedFile: Sendable {
    /// SAFETY: the bytes are read-only, never move, and are unmapped when nobody holds this object.
    package nonisolated(unsafe) let bytes: UnsafeRawBufferPointer

    /// Maps the whole file.
    /// - Throws: `.file` when it cannot be opened or mapped.
    package init(reading path: String) throws(SnapshotError) {
        let descriptor = try SnapshotFile.open(path, O_RDONLY)
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .file(operation: "fstat", path: path, error: errno) }
        let count = Int(status.st_size)
        guard count > 0 else {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        let address = mmap(nil, count, PROT_READ, MAP_SHARED, descriptor, 0)
        guard let address, address != MAP_FAILED else { throw .file(operation: "mmap", path: path, error: errno) }
        bytes = UnsafeRawBufferPointer(start: address, count: count)
    }

    deinit {
        if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) }
    }
}
