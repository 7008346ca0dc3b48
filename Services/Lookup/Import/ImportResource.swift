import Foundation

/// The data tables that stand in `Resources/`.
enum ImportResource {
    /// The address of a file of `Resources/`.
    ///
    /// - Throws: ``FileRefusal`` when the program was installed without it.
    static func url(_ name: String) throws -> URL {
        guard let url = Bundle.module.url(forResource: name, withExtension: nil, subdirectory: "Resources") else {
            throw FileRefusal(
                file: name, reason: "is missing from the program's resources",
                remedy: "Install the program together with its resource folders")
        }
        return url
    }

    /// A table of `Resources/`, decoded.
    ///
    /// - Throws: ``FileRefusal`` when the file is missing or not of that shape.
    static func table<Table: Decodable>(_ type: Table.Type, _ name: String) throws -> Table {
        let url = try url(name)
        do {
            return try JSONDecoder().decode(type, from: Data(contentsOf: url))
        } catch {
            throw FileRefusal(
                file: name, reason: "does not have the expected shape: \(error)",
                remedy: "Install the program and its resource folders from the same build")
        }
    }
}
