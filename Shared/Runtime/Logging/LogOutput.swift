import Glibc
import Synchronization

/// Where log lines go. One `write` a line under a lock, so that lines of different threads never mix.
package final class LogOutput: Sendable {
    private let descriptor: Mutex<Int32>

    /// Standard error: the one place that programs log to; who starts them decides where it is kept.
    package static let standardError = LogOutput(descriptor: STDERR_FILENO)

    /// - Parameter descriptor: an open file; it stays the caller's to close.
    package init(descriptor: Int32) {
        self.descriptor = Mutex(descriptor)
    }

    /// Writes all bytes. A log that cannot be written (a full disk, a closed pipe) must not stop the program, so
    /// the rest of the line is given up then.
    func write(_ bytes: [UInt8]) {
        descriptor.withLock { descriptor in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
                if count > 0 {
                    rest = rest.dropFirst(count)
                } else if errno != EINTR {
                    return
                }
            }
        }
    }
}
