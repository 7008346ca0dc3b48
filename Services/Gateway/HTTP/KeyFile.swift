import Foundation

/// A file of 32 secret bytes in the data folder, made at the first start and readable by the program's user only.
package enum KeyFile {
    /// Why a key file is of no use.
    package struct Unusable: Error, CustomStringConvertible {
        /// What is wrong and what to do, with the path.
        package let description: String
    }

    /// The key at a path, made there when nothing is.
    ///
    /// Two programs that start at once end with the same key: the file is written beside and linked into place, and the
    /// link that comes second fails and reads the first's.
    /// - Throws: `Unusable` when the file cannot be read or made, or is not 32 bytes long.
    package static func read(orMakeAt path: String, surroundings: Surroundings = .system) throws -> SigningKey {
        if let bytes = FileManager.default.contents(atPath: path) {
            return try key(of: Array(bytes), path: path)
        }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let draft = "\(path).\(Base64URL.text(of: surroundings.randomBytes(9)))"
        let made = FileManager.default.createFile(
            atPath: draft, contents: Data(surroundings.randomBytes(SigningKey.byteCount)),
            attributes: [.posixPermissions: 0o600])
        guard made else {
            throw Unusable(description: "cannot write \(draft): give the program's user the right to write there")
        }
        defer { unlink(draft) }
        let linked = link(draft, path) == 0
        guard linked || errno == EEXIST, let bytes = FileManager.default.contents(atPath: path) else {
            throw Unusable(description: "cannot make \(path): \(String(cString: strerror(errno)))")
        }
        return try key(of: Array(bytes), path: path)
    }

    private static func key(of bytes: [UInt8], path: String) throws -> SigningKey {
        guard let key = SigningKey(bytes: bytes) else {
            throw Unusable(
                description: "\(path) holds \(bytes.count) bytes, not \(SigningKey.byteCount): restore it from a "
                    + "backup, or remove it to have a new one made (guests then start again)")
        }
        return key
    }
}
