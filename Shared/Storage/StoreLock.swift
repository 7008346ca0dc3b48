import Foundation

/// Lets one process at a time have a store: an advisory lock on `<file>.lock`, given back by the kernel when the
/// process ends, however it ends.
struct StoreLock: ~Copyable {
    private let descriptor: Int32

    /// Takes the lock for the store at `path`.
    ///
    /// - Throws: `locked` when another process (or another `Store` of this one) has it; the message names its id.
    init(path: String) throws(StorageError) {
        let file = path + ".lock"
        let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StorageError(.inputOutput, "\(file): \(String(cString: strerror(errno)))")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let holder = StoreLock.holder(descriptor)
            Glibc.close(descriptor)
            throw StorageError(
                .locked, "\(path) is in use by process \(holder). Stop it first: a store has one owner.")
        }
        let text = Array("\(getpid())\n".utf8)
        guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, text, text.count, 0) == text.count else {
            let reason = String(cString: strerror(errno))
            Glibc.close(descriptor)
            throw StorageError(.inputOutput, "\(file): \(reason)")
        }
        self.descriptor = descriptor
    }

    deinit { Glibc.close(descriptor) }

    private static func holder(_ descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 20)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        let digits = bytes.prefix(max(0, count)).prefix { (0x30...0x39).contains($0) }
        return digits.isEmpty ? "(unknown)" : String(decoding: digits, as: UTF8.self)
    }
}
