import Foundation

/// Where pulled files lie in the data folder.
package struct DataFolder: Sendable {
    /// The data folder itself.
    package let path: String

    /// - Parameter path: the data folder.
    package init(_ path: String) { self.path = path }

    /// The folder of pulled files.
    package var sources: String { path + "/sources" }

    /// Where a pulled file lies.
    package func path(of file: FileSource) -> String { sources + "/" + file.file }

    /// The ids of the files that are there, whatever their bytes.
    package func present(_ list: SourceList) -> Set<String> {
        Set(list.files.filter { FileManager.default.fileExists(atPath: path(of: $0)) }.map(\.id))
    }

    /// Reads a pulled file whose bytes must be the listed ones.
    ///
    /// - Throws: ``FileRefusal`` when it is missing or another file than the list pins.
    package func read(_ file: FileSource) throws -> SourceFile {
        let source = try SourceFile(at: path(of: file), name: file.publishedName)
        guard FileDigest.sha256(source.bytes) == file.sha256 else {
            throw source.refusal(
                "is not the file that the list of sources pins: its SHA-256 differs",
                remedy: "Run `codingahead data pull` again, or list the new edition in the data folder's sources.json")
        }
        return source
    }
}
