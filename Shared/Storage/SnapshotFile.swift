import Crypto
import Glibc

/// The few operations on files that publishing needs, each with its errors.
enum SnapshotFile {
    /// Read in steps of this size when a file is summed up.
    private static let stepBytes = 1 << 20

    static func open(_ path: String, _ flags: Int32) throws(SnapshotError) -> Int32 {
        let descriptor = Glibc.open(path, flags | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .file(operation: "open", path: path, error: errno) }
        return descriptor
    }

    /// Puts a file's or a folder's content on disk.
    static func synchronise(_ path: String, directory: Bool = false) throws(SnapshotError) {
        let descriptor = try open(path, O_RDONLY | (directory ? O_DIRECTORY : 0))
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .file(operation: "fsync", path: path, error: errno) }
    }

    static func rename(_ old: String, to new: String) throws(SnapshotError) {
        guard Glibc.rename(old, new) == 0 else { throw .file(operation: "rename", path: old, error: errno) }
    }

    /// - Returns: false when there was no such file.
    @discardableResult
    static func remove(_ path: String) throws(SnapshotError) -> Bool {
        if unlink(path) == 0 { return true }
        guard errno == ENOENT else { throw .file(operation: "unlink", path: path, error: errno) }
        return false
    }

    /// Makes a folder and those above it.
    static func makeFolder(_ path: String) throws(SnapshotError) {
        if mkdir(path, 0o755) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
            throw .file(operation: "mkdir", path: path, error: errno)
        }
        try makeFolder(String(path[..<slash]))
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
            throw .file(operation: "mkdir", path: path, error: errno)
        }
    }

    /// The names in a folder; empty when it does not exist.
    static func names(in folder: String) throws(SnapshotError) -> [String] {
        guard let directory = opendir(folder) else {
            if errno == ENOENT { return [] }
            throw .file(operation: "opendir", path: folder, error: errno)
        }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    /// Writes a small file, on disk when this returns.
    static func write(_ text: String, to path: String) throws(SnapshotError) {
        let descriptor = try open(path, O_WRONLY | O_CREAT | O_TRUNC)
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
            throw .file(operation: "write", path: path, error: errno)
        }
        guard fsync(descriptor) == 0 else { throw .file(operation: "fsync", path: path, error: errno) }
    }

    /// Up to `limit` bytes from the start of a file; nil when there is none.
    static func read(_ path: String, limit: Int) throws(SnapshotError) -> [UInt8]? {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0, errno == ENOENT { return nil }
        guard descriptor >= 0 else { throw .file(operation: "open", path: path, error: errno) }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: limit)
        let count = Glibc.read(descriptor, &bytes, limit)
        guard count >= 0 else { throw .file(operation: "read", path: path, error: errno) }
        return Array(bytes[0..<count])
    }

    /// The size and SHA-256 of a file's content.
    static func sum(_ path: String) throws(SnapshotError) -> (bytes: Int, sha256: String) {
        let descriptor = try open(path, O_RDONLY)
        defer { close(descriptor) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: stepBytes, alignment: 16)
        defer { buffer.deallocate() }
        var hash = SHA256()
        var total = 0
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, stepBytes)
            guard count >= 0 else { throw .file(operation: "read", path: path, error: errno) }
            if count == 0 { break }
            hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[0..<count]))
            total += count
        }
        return (total, hexadecimal(hash.finalize()))
    }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
