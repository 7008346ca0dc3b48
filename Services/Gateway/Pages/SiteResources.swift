import Foundation

/// The folder with templates, stylesheet and icon.
struct SiteResources: Sendable {
    /// A file that the program was built with and cannot find.
    struct Missing: Error, CustomStringConvertible {
        let path: String
        var description: String { "\(path) is missing: keep the resource bundle beside the program" }
    }

    let folder: URL

    /// As the build left them beside the program.
    static let packaged = SiteResources(folder: Bundle.module.bundleURL.appendingPathComponent("Resources"))

    /// The bytes of a file.
    /// - Throws: `Missing`.
    func bytes(of name: String) throws -> [UInt8] {
        let path = folder.appendingPathComponent(name).path
        guard let data = FileManager.default.contents(atPath: path) else { throw Missing(path: path) }
        return Array(data)
    }
}
