import Foundation

/// Writes messages into a Maildir (cr.yp.to/proto/maildir.html): what a desk without a relay does with its mail.
package struct MaildirDelivery: MailDelivery {
    private let folder: URL

    /// - Parameter folder: made, with `tmp`, `new` and `cur` in it, by the first message.
    package init(folder: String) {
        self.folder = URL(fileURLWithPath: folder)
    }

    /// Writes to `tmp`, makes it last, and moves it to `new`: a reader never sees half a message.
    package func deliver(
        _ message: [UInt8], from sender: String, to recipient: String
    ) async throws(MailDeliveryError) {
        do {
            for name in ["tmp", "new", "cur"] {
                try FileManager.default.createDirectory(
                    at: folder.appendingPathComponent(name), withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700])
            }
            let name = "\(Int(Date().timeIntervalSince1970)).\(UUID().uuidString).desk"
            let written = folder.appendingPathComponent("tmp/\(name)")
            let fields = "Return-Path: <\(sender)>\r\nDelivered-To: \(recipient)\r\n"
            try Self.write(Array(fields.utf8) + message, to: written.path)
            try FileManager.default.moveItem(at: written, to: folder.appendingPathComponent("new/\(name)"))
        } catch {
            throw MailDeliveryError(isPermanent: false, "the Maildir cannot be written to")
        }
    }

    private static func write(_ bytes: [UInt8], to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
        defer { close(descriptor) }
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + offset, $0.count - offset) }
            guard count > 0 else { throw CocoaError(.fileWriteUnknown) }
            offset += count
        }
        guard fsync(descriptor) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
}
