import Foundation

/// Where the real files are that some tests read: the folder of shared data next to the package, and the sources that
/// `codingahead data pull` laid into the data folder.
enum ImportRealFiles {
    static let packageRoot = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The path of a file of the shared data, or nil.
    static func shared(_ path: String) -> String? {
        existing(packageRoot.deletingLastPathComponent().appending(path: "shared/data").appending(path: path))
    }

    /// The path of a pulled source, or nil.
    static func pulled(_ file: String) -> String? {
        let environment = ProcessInfo.processInfo.environment["CODINGAHEAD_DATA"]
        let data = environment.map { URL(fileURLWithPath: $0) } ?? packageRoot.appending(path: ".data")
        return existing(data.appending(path: "sources").appending(path: file))
    }

    private static func existing(_ url: URL) -> String? {
        FileManager.default.fileExists(atPath: url.path) ? url.path : nil
    }
}
