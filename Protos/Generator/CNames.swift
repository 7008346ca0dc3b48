import Schema

/// Names as protoc-c 1.4.1 forms them.
enum CNames {
    /// "codingahead.lookup.v1.CodePage" → "Codingahead__Lookup__V1__CodePage".
    static func type(_ fullName: String) -> String {
        fullName.split(separator: ".").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: "__")
    }

    /// "codingahead.lookup.v1.CodePage" → "codingahead__lookup__v1__code_page".
    static func function(_ fullName: String) -> String {
        fullName.split(separator: ".").map { lower(String($0)) }.joined(separator: "__")
    }

    /// The name of the file that protoc-c writes for a `.proto`.
    static func header(_ file: String) -> String { file.replacing(".proto", with: ".pb-c.h") }

    private static func lower(_ name: String) -> String {
        var result = ""
        var wasUpper = true
        for character in name {
            if character.isUppercase, !wasUpper { result += "_" }
            result += character.lowercased()
            wasUpper = character.isUppercase
        }
        return result
    }
}
