import Foundation
import Testing

@Suite("The layout of the house")
struct LayoutTests {
    @Test("The top level holds the fixed names and dot files, nothing else")
    func topLevel() {
        let fixed: Set = ["Package.swift", "README.md", "compose.yaml", "Protos", "Shared", "Services", "Tests"]
        // The resolved versions lie beside the manifest on a working machine.
        let strangers = Repository.topLevel.filter {
            !fixed.contains($0) && !$0.hasPrefix(".") && $0 != "Package.resolved"
        }
        #expect(strangers == [])
    }

    @Test(
        "Every service and every shared Swift module has a README that says something",
        arguments: ["Services", "Shared"])
    func readmes(folder: String) {
        for name in Repository.folders(in: folder) {
            let path = "\(folder)/\(name)/"
            guard Repository.swift.contains(where: { $0.path.hasPrefix(path) }) else { continue }
            let readme = Repository.files.first { $0.path == path + "README.md" }
            let length = readme?.text.count ?? 0
            #expect(length > 200, "\(path)README.md is missing or says nothing")
        }
    }

    @Test("A service holds its composition root, its folders and Main, each under a known name")
    func serviceFolders() {
        let known: Set = [
            "Handler", "Domain", "Storage", "Main", "Resources", "HTTP", "Pages", "API", "FHIR", "Import", "Data",
            "Call", "Check", "Admin", "Secrets", "Search", "Cases", "Board", "Jobs", "Knowledge", "Mail", "Backup",
            "Model",
        ]
        for service in Repository.folders(in: "Services") where service != "Kubernetes" {
            for folder in Repository.folders(in: "Services/\(service)") {
                #expect(known.contains(folder), "Services/\(service)/\(folder)")
            }
        }
    }

    @Test("A file of ours has at most 400 lines")
    func fileLength() {
        let kinds = [".swift", ".py", ".c", ".h", ".proto", ".css", ".js"]
        for file in Repository.files where !file.isGenerated && kinds.contains(where: file.path.hasSuffix) {
            let count = file.lines.count
            #expect(count <= 401, "\(file.path) has \(count) lines")
        }
    }

    @Test("Every relative link in a Markdown file leads to a file")
    func links() throws {
        let link = try Regex(#"\]\(([^)\s#]+)(#[^)]*)?\)"#)
        for file in Repository.files where file.isMarkdown {
            for match in file.text.matches(of: link) {
                guard let target = match.output[1].substring, !target.contains(":") else { continue }
                let folder = Repository.root.appending(path: file.path).deletingLastPathComponent()
                let path = target.hasPrefix("/") ? Repository.root.path + target : folder.path + "/" + target
                let exists = FileManager.default.fileExists(atPath: path)
                #expect(exists, "\(file.path) links to \(target)")
            }
        }
    }
}
