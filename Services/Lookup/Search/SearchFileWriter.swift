import Glibc
import Storage

/// Writes the sections of a `SearchFile`.
enum SearchFileWriter {
    /// Publishing puts the file on disk.
    /// - Throws: `SnapshotError.file`.
    static func write(_ sections: [[UInt8]], to path: String) throws(SnapshotError) {
        var header = SearchFile.name
        func append(_ number: Int) { withUnsafeBytes(of: UInt64(number)) { header.append(contentsOf: $0) } }
        append(sections.count)
        var offset = SearchFile.headerBytes
        for section in sections {
            append(offset)
            append(section.count)
            offset += padded(section.count)
        }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .file(operation: "open", path: path, error: errno) }
        defer { close(descriptor) }
        try write(header, to: descriptor, path)
        for section in sections {
            try write(section, to: descriptor, path)
            try write([UInt8](repeating: 0, count: padded(section.count) - section.count), to: descriptor, path)
        }
    }

    private static func padded(_ count: Int) -> Int { (count + 7) / 8 * 8 }

    private static func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws(SnapshotError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress! + written, bytes.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .file(operation: "write", path: path, error: errno) }
            written += count
        }
    }
}
