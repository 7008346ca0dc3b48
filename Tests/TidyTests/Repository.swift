import Foundation

/// The working tree as the house rules see it: own text files only, read once.
struct Repository: Sendable {
    struct File: Sendable {
        /// Relative to the root, with `/`.
        let path: String
        let text: String

        /// The lines without their ends; line numbers start at 1.
        let lines: [(number: Int, text: Substring)]

        init(path: String, text: String) {
            self.path = path
            self.text = text
            lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { ($0 + 1, $1) }
        }

        var isSwift: Bool { path.hasSuffix(".swift") }
        var isMarkdown: Bool { path.hasSuffix(".md") }
        /// Written by `Protos/generate`.
        var isGenerated: Bool { path.contains("/Generated/") || path.hasPrefix("Protos/Generated/") }
        var isTest: Bool { path.hasPrefix("Tests/") }
    }

    /// Built or fetched, not written.
    private static let skippedFolders: Set<String> = [".git", ".data", ".venv", ".swiftpm", "__pycache__"]
    /// A larger file is data, and data is not committed; tests of their own say so.
    private static let maxBytes = 2_000_000

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let files: [File] = read()
    static let topLevel: [String] = names(in: root).sorted()

    static var swift: [File] { files.filter(\.isSwift) }
    static var ownSwift: [File] { swift.filter { !$0.isGenerated } }

    /// The names in a folder, sorted; empty when there is no such folder.
    static func names(in folder: URL) -> [String] {
        do { return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() } catch { return [] }
    }

    static func folders(in path: String) -> [String] {
        let folder = root.appending(path: path)
        return names(in: folder).filter { name in
            var isFolder: ObjCBool = false
            let found = FileManager.default.fileExists(
                atPath: folder.appending(path: name).path, isDirectory: &isFolder)
            return found && isFolder.boolValue
        }
    }

    private static func read() -> [File] {
        var found: [File] = []
        visit("", into: &found)
        return found
    }

    private static func visit(_ folder: String, into found: inout [File]) {
        let url = folder.isEmpty ? root : root.appending(path: folder)
        for name in names(in: url) {
            let path = folder.isEmpty ? name : "\(folder)/\(name)"
            guard !skippedFolders.contains(name), !name.hasPrefix(".build"), name != "Package.resolved" else {
                continue
            }
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: url.appending(path: name).path, isDirectory: &isFolder) else {
                continue
            }
            if isFolder.boolValue {
                visit(path, into: &found)
            } else if let data = FileManager.default.contents(atPath: url.appending(path: name).path),
                data.count <= maxBytes, let text = String(data: data, encoding: .utf8)
            {
                found.append(File(path: path, text: text))
            }
        }
    }
}
