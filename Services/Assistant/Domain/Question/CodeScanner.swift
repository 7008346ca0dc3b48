/// Finds what has the form of a code, in questions and in answers alike.
enum CodeScanner {
    /// Longer than any code with its dot; a longer word is none.
    private static let longest = 8

    /// All mentions, in the order of the text.
    static func mentions(in text: String) -> [CodeMention] {
        var mentions: [CodeMention] = []
        let scalars = Array(text.unicodeScalars)
        var index = 0
        while index < scalars.count {
            guard isWordPart(scalars[index]) else {
                index += 1
                continue
            }
            let start = index
            var word: [UInt8] = []
            while index < scalars.count {
                let scalar = scalars[index]
                if isWordPart(scalar) {
                    word.append(upper(scalar))
                } else if scalar == ".", index + 1 < scalars.count, isWordPart(scalars[index + 1]), word.count == 3 {
                    word.append(CodeForms.dot)
                } else {
                    break
                }
                index += 1
            }
            if let mention = mention(word, start, index) { mentions.append(mention) }
        }
        return mentions
    }

    private static func mention(_ word: [UInt8], _ start: Int, _ end: Int) -> CodeMention? {
        guard word.count >= 3, word.count <= longest else { return nil }
        let systems = CodeForms.systems(of: word)
        guard !systems.isEmpty else { return nil }
        return CodeMention(
            text: String(decoding: word, as: UTF8.self), systems: systems,
            isCertain: CodeForms.isCertain(word, systems), start: start, end: end)
    }

    /// ASCII only: letters of other alphabets that look alike make no code, and the verification lets none of them through.
    private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        (scalar >= "0" && scalar <= "9") || (scalar >= "a" && scalar <= "z") || (scalar >= "A" && scalar <= "Z")
    }

    private static func upper(_ scalar: Unicode.Scalar) -> UInt8 {
        let value = UInt8(truncatingIfNeeded: scalar.value)
        return scalar >= "a" ? value - 32 : value
    }
}
