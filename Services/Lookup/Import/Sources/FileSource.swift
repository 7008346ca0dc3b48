/// A file of the sources list: what it is called, what its bytes must be, and every way to get it.
package struct FileSource: Sendable, Equatable, Decodable {
    /// How `read_source.py` turns what a package carries into the file.
    package enum Reader: String, Sendable, Decodable {
        case ioce, dx, ncci, edits, pcs, pcscodes, pcsguide, cmorder, places

        /// Needs the module that reads the tables of the Outpatient Code Editor.
        package var readsEditorTables: Bool { [.ioce, .dx, .ncci, .edits].contains(self) }
    }

    package let id: String
    /// Its name in the folder of pulled files.
    package let file: String
    /// The publisher's name, where it differs.
    package let publisher: String?
    /// SHA-256 of the file as it is imported, lower-case hexadecimal.
    package let sha256: String
    /// Paths at which it, its `.gz` or an archive that holds it stands below a folder of downloads.
    package let places: [String]
    /// Its name inside an archive of `places` or of `download`.
    package let member: String?
    package let package: PackageSource?
    package let reader: Reader?
    /// Address of an official download.
    package let download: String?
    /// Its name in the program's own resources.
    package let resource: String?
    /// Where an operator gets it.
    package let from: String

    /// The name that readers see.
    package var publishedName: String { publisher ?? file }
}
