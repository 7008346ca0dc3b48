import Foundation

/// Files that are copied as they are, with their checksums.
package enum PlainFile {
    /// Copies a file for this user alone, on the disk when it returns.
    ///
    /// - Parameter target: is replaced when it exists; its folder is made, mode 0700.
    /// - Returns: size and SHA-256 (lower-case hexadecimal) of what was written.
    /// - Throws: `inputOutput` or `full`.
    package static func copy(_ source: String, to target: String) throws -> (bytes: Int, sha256: String) {
        let folder = URL(fileURLWithPath: target).deletingLastPathComponent().path
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let input = Glibc.open(source, O_RDONLY | O_CLOEXEC)
            guard input >= 0 else { throw fault("open", source) }
            defer { Glibc.close(input) }
            let output = Glibc.open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
            guard output >= 0 else { throw fault("open", target) }
            defer { Glibc.close(output) }
            try pour(input, output, target)
            guard fsync(output) == 0 else { throw fault("fsync", target) }
            try synchronise(folder, directory: true)
            return try sum(target)
        } catch let error as StorageError {
            throw error
        } catch {
            throw StorageError(.inputOutput, "\(target) cannot be written: \(error)")
        }
    }

    /// Size and SHA-256 (lower-case hexadecimal) of a file.
    ///
    /// - Throws: `inputOutput` when it cannot be read.
    package static func sum(_ path: String) throws -> (bytes: Int, sha256: String) {
        do { return try SnapshotFile.sum(path) } catch { throw StorageError(.inputOutput, "\(error)") }
    }

    static func synchronise(_ path: String, directory: Bool = false) throws {
        do { try SnapshotFile.synchronise(path, directory: directory) } catch {
            throw StorageError(.inputOutput, "\(error)")
        }
    }

    static func bytes(of path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : nil
    }

    static func fault(_ operation: String, _ path: String) -> StorageError {
        StorageError(
            errno == ENOSPC || errno == EDQUOT ? .full : .inputOutput,
            "\(operation) of \(path): \(String(cString: strerror(errno)))")
    }

    private static func pour(_ input: Int32, _ output: Int32, _ target: String) throws {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = Glibc.read(input, buffer.baseAddress, buffer.count)
            guard count >= 0 else { throw fault("read", target) }
            if count == 0 { return }
            var written = 0
            while written < count {
                let step = Glibc.write(output, buffer.baseAddress.map { $0 + written }, count - written)
                if step < 0, errno == EINTR { continue }
                guard step > 0 else { throw fault("write", target) }
                written += step
            }
        }
    }
}
