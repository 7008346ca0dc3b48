/// One value of a 7th character, e.g. `A`, "initial encounter".
package struct SeventhCharacter: Sendable, Equatable {
    package let character: Character
    package let text: String

    /// Names a value and its meaning.
    package init(character: Character, text: String) {
        self.character = character
        self.text = text
    }

    /// The code with this 7th character: placeholder X fills what is missing up to the sixth.
    ///
    /// - Parameter code: canonical, at least a category: `S06.1X`, `T07`, `M80.011`.
    /// - Returns: nil when `code` has seven characters already.
    package func extending(_ code: String) -> String? {
        var result = code
        if !result.contains(".") { result += "." }
        // Six characters and the dot.
        guard result.count <= 7 else { return nil }
        while result.count < 7 { result += "X" }
        result.append(character)
        return result
    }
}
