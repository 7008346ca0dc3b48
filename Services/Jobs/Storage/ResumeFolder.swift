import Foundation
import Glibc

/// Where résumés lie: one file each under a name of our own, outside anything that is served, readable by this program
/// alone.
package struct ResumeFolder: Sendable {
    /// Bytes of a résumé: a scanned one of some pages fits.
    package static let limit = 5_000_000

    private let path: String

    /// Makes the folder.
    package init(path: String) throws {
        self.path = path
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    /// What is wrong with a file that should be a PDF; nil when nothing is.
    ///
    /// Looked at is the content, never the name: the header at the start, the trailer at the end (ISO 32000-2 §7.5), no
    /// encryption, and none of the entries that run or open something (§12.6): a résumé needs no script.
    package static func fault(_ bytes: [UInt8]) -> String? {
        guard bytes.count <= limit else { return "At most 5 MB: save it with smaller pictures." }
        guard bytes.starts(with: "%PDF-".utf8) else { return "This is no PDF: save the résumé as PDF." }
        guard contains("%%EOF", in: bytes.suffix(1_024)) else { return "This PDF is cut off: save it again." }
        if contains("/Encrypt", in: bytes[...]) { return "This PDF is encrypted: save it without a password." }
        let acting = ["/JavaScript", "/JS ", "/JS(", "/Launch", "/EmbeddedFile", "/RichMedia", "/XFA"]
        if acting.contains(where: { contains($0, in: bytes[...]) }) {
            return "This PDF holds scripts, forms or files: print it to a plain PDF."
        }
        return nil
    }

    /// Keeps a résumé, on the disk when it returns.
    ///
    /// - Returns: its name in the folder.
    package func keep(_ bytes: [UInt8]) throws -> String {
        var chance = SystemRandomNumberGenerator()
        let name = RandomID.make(using: &chance) + ".pdf"
        let file = path + "/" + name
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw ResumeError.notKept(errno) }
        defer { Glibc.close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw ResumeError.notKept(errno) }
            written += count
        }
        guard fsync(descriptor) == 0 else { throw ResumeError.notKept(errno) }
        return name
    }

    /// The bytes of a résumé; nil when it is gone.
    package func read(_ name: String) throws -> [UInt8]? {
        let file = path + "/" + name
        guard Self.isOwn(name), FileManager.default.fileExists(atPath: file) else { return nil }
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
    }

    /// Deletes a résumé; nothing happens when it is gone.
    package func delete(_ name: String) {
        guard Self.isOwn(name) else { return }
        unlink(path + "/" + name)
    }

    /// Deletes what no application names: what a crash between file and row left.
    package func deleteAll(except kept: Set<String>) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: path) where !kept.contains(name) {
            delete(name)
        }
    }

    private static func isOwn(_ name: String) -> Bool {
        name.hasSuffix(".pdf") && name.utf8.dropLast(4).allSatisfy(RandomID.alphabet.contains)
    }

    private static func contains(_ needle: String, in bytes: ArraySlice<UInt8>) -> Bool {
        Data(bytes).range(of: Data(needle.utf8)) != nil
    }
}

/// A résumé could not be kept.
package enum ResumeError: Error, Sendable, Equatable {
    /// With the system's error number.
    case notKept(Int32)
}
