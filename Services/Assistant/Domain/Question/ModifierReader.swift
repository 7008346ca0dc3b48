/// Finds modifiers: two characters after the word, behind a code ("99213-25"), or known letters by themselves.
enum ModifierReader {
    /// At most this many are read; a claim line has four.
    static let most = 8

    /// Modifiers in the order of the text, upper case.
    static func modifiers(in text: String) -> [String] {
        var found: [String] = []
        let words = words(text)
        var isList = false
        for (index, word) in words.enumerated() {
            let lower = word.text.lowercased()
            if lower == "modifier" || lower == "modifiers" || lower == "mod" {
                isList = true
                continue
            }
            if isList {
                if isModifier(word.text) {
                    add(word.text.uppercased(), to: &found)
                    continue
                }
                if ["and", "or", "vs", "versus", "the", "with"].contains(lower) { continue }
                isList = false
            }
            let isBehindCode = index > 0 && word.joint == "-" && isBehind(words[index - 1].text)
            if isBehindCode, isModifier(word.text) { add(word.text.uppercased(), to: &found) }
            // "59 modifier": the number stands before the word.
            if index + 1 < words.count, ["modifier", "modifiers"].contains(words[index + 1].text.lowercased()),
                isModifier(word.text)
            {
                add(word.text.uppercased(), to: &found)
            }
        }
        return Array(found.prefix(most))
    }

    private static func add(_ modifier: String, to found: inout [String]) {
        if !found.contains(modifier) { found.append(modifier) }
    }

    private static func isBehind(_ word: String) -> Bool {
        let bytes = Array(word.uppercased().utf8)
        return bytes.count == 5 && !CodeForms.systems(of: bytes).isEmpty
    }

    /// Two digits, two capitals of a kind that modifiers have, or a letter and a digit.
    private static func isModifier(_ word: String) -> Bool {
        guard word.utf8.count == 2, word.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else {
            return false
        }
        if word.allSatisfy(\.isNumber) { return true }
        if word.contains(where: \.isNumber) { return true }
        return word == word.uppercased()
            || !["is", "to", "on", "of", "in", "be", "do", "an", "or", "if"].contains(word)
    }

    private static func words(_ text: String) -> [(text: String, joint: Character)] {
        var words: [(String, Character)] = []
        var word = ""
        var joint: Character = " "
        var last: Character = " "
        for character in text + " " {
            if character.isLetter || character.isNumber {
                if word.isEmpty { joint = last }
                word.append(character)
            } else {
                if !word.isEmpty { words.append((word, joint)) }
                word = ""
                if character == "-" { joint = "-" }
            }
            last = character
        }
        return words
    }
}
