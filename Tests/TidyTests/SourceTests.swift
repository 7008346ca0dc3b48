import Foundation
import Testing

@Suite("Habits of the source")
struct SourceTests {
    /// Whether a line, one of the few above it or the one below carries a mark.
    private func isMarked(_ mark: String, line: Int, of file: Repository.File) -> Bool {
        let lines = file.lines
        return lines[max(0, line - 5)..<min(lines.count, line + 2)].contains { $0.text.contains(mark) }
    }

    private var own: [Repository.File] {
        Repository.files.filter { !$0.isGenerated && !$0.path.hasPrefix("Tests/TidyTests/") }
    }

    @Test("What the compiler cannot check for threads says why it is safe")
    func safety() {
        for file in own where file.isSwift {
            for (number, line) in file.lines
            where line.contains("@unchecked Sendable") || line.contains("nonisolated(unsafe)") {
                let isSafe = isMarked("// SAFETY:", line: number, of: file)
                #expect(isSafe, "\(file.path):\(number) \(line)")
            }
        }
    }

    @Test("Nothing is left for later in a comment")
    func postponed() throws {
        let words = ["TODO", "FIXME", "XXX", "HACK"]
        let mark = try Regex(#"\b(TODO|FIXME|XXX|HACK)\b"#)
        for file in own {
            guard words.contains(where: file.text.contains) else { continue }
            for (number, line) in file.lines where line.contains(mark) {
                Issue.record("\(file.path):\(number) \(line)")
            }
        }
    }

    @Test("An error is swallowed only where a comment '// try?: why' says why, or when a sleep was cut short")
    func swallowed() throws {
        let swallowing = try Regex(#"\btry\?"#)
        for file in own where file.isSwift && !file.isTest {
            for (number, line) in file.lines {
                guard line.contains("try?"), line.contains(swallowing) else { continue }
                guard !line.contains("Task.sleep"), !line.contains("//") else { continue }
                let isExplained = isMarked("// try?:", line: number, of: file)
                #expect(isExplained, "\(file.path):\(number) \(line)")
            }
        }
    }

    @Test("Nothing is named Manager, Helper, Util or Impl")
    func names() throws {
        let words = ["Manager", "Helper", "Util", "Impl"]
        let name = try Regex(#"\b(struct|class|enum|protocol|actor)\s+\w*(Manager|Helper|Util|Utils|Impl)\b"#)
        for file in own where file.isSwift {
            guard words.contains(where: file.text.contains) else { continue }
            for (number, line) in file.lines where line.contains(name) {
                Issue.record("\(file.path):\(number) \(line)")
            }
        }
    }

    @Test("Every type that other modules see has a doc comment")
    func documented() throws {
        let declaration = try Regex(#"^package (final )?(struct|class|enum|protocol|actor|typealias) "#)
        for file in own where file.isSwift && !file.isTest {
            let lines = file.lines
            for (number, line) in lines where line.hasPrefix("package ") && line.contains(declaration) {
                var above = number - 2
                while above >= 0, lines[above].text.hasPrefix("@") || lines[above].text.hasPrefix("// ") { above -= 1 }
                let isDocumented = above >= 0 && lines[above].text.hasPrefix("///")
                #expect(isDocumented, "\(file.path):\(number) \(line)")
            }
        }
    }

    @Test("No file names where packages come from: that is the machine's own affair")
    func registries() throws {
        let address = try Regex(#"https?://([A-Za-z0-9.-]+)"#)
        let labels: Set<Substring> = [
            "pypi", "registry", "mirror", "mirrors", "proxy", "artifactory", "nexus", "npmjs",
        ]
        for file in own {
            let namesIndex = file.text.contains("--" + "index-url")
            #expect(!namesIndex, "\(file.path)")
            for match in file.text.matches(of: address) {
                guard let host = match.output[1].substring else { continue }
                let isOpen = labels.isDisjoint(with: host.lowercased().split(separator: "."))
                #expect(isOpen, "\(file.path): \(host)")
            }
        }
    }

    @Test("Every settings variable that a file names is in the table of Shared/Runtime/README.md")
    func settings() throws {
        let table = try #require(Repository.files.first { $0.path == "Shared/Runtime/README.md" }).text
        let variable = try Regex(#"CODINGAHEAD_[A-Z][A-Z_]*[A-Z]"#)
        // Headers' guards are spelled alike.
        for file in own where !file.isTest && !file.path.hasSuffix(".h") && !file.path.hasPrefix("Protos/") {
            for match in file.text.matches(of: variable) {
                let name = file.text[match.range]
                let isListed = table.contains("`\(name)`")
                #expect(isListed, "\(file.path) names \(name)")
            }
        }
    }
}
