/// A package that carries a file: name and version pinned, the downloaded archive checked.
package struct PackageSource: Sendable, Equatable, Decodable {
    package let name: String
    package let version: String
    /// Path of the file inside the archive.
    package let member: String
    /// SHA-256 of the archive, lower-case hexadecimal.
    package let sha256: String
    /// The Python version that the package asks for, when the one at hand may be older.
    package let python: String?
}
