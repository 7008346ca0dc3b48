/// The modules that a Swift file imports.
struct Imports {
    let file: Repository.File
    let modules: [(line: Int, name: String)]

    init(_ file: Repository.File) {
        self.file = file
        modules = file.lines.compactMap { number, line in
            guard let name = Self.module(in: line) else { return nil }
            return (number, name)
        }
    }

    /// `import X`, `@testable import X`, `package import struct X.Y` → `X`.
    private static func module(in line: Substring) -> String? {
        var words = line.split(separator: " ")
        let before: Set<Substring> = ["package", "public", "internal", "private", "fileprivate"]
        while let first = words.first, first.hasPrefix("@") || before.contains(first) { words.removeFirst() }
        guard words.first == "import", words.count > 1 else { return nil }
        words.removeFirst()
        let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
        if let first = words.first, kinds.contains(first) { words.removeFirst() }
        return words.first.flatMap { $0.split(separator: ".").first }.map(String.init)
    }

    /// `path:line imports X`, for each module that is refused.
    func refusing(_ isRefused: (String) -> Bool) -> [String] {
        modules.filter { isRefused($0.name) }.map { "\(file.path):\($0.line) imports \($0.name)" }
    }
}
