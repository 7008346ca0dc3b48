/// The form in which codes are compared: upper case, without the dot.
enum CodeKey {
    /// "e11.9" → "E119".
    static func of(_ code: String) -> String { String(code.uppercased().filter { $0 != "." }) }
}
