/// What of a sentence must stand in its source: codes, numbers, and the words that carry its meaning.
struct FactWords {
    /// Codes as they are mentioned.
    let mentions: [CodeMention]
    /// Numbers beside codes, without the signs around them: "1,234.50" is "1234.50".
    let numbers: Set<String>
    let words: Set<String>
    /// How often it denies, made odd or even.
    let isDenying: Bool

    init(_ text: String) {
        mentions = CodeScanner.mentions(in: text)
        numbers = Self.numbers(in: text)
        words = Set(KnowledgeWords.words(of: text))
        let plain = QuestionReader.padded(text.replacing("n’t", with: " not").replacing("n't", with: " not"))
        isDenying = Self.denials.contains { plain.contains(" \($0) ") }
    }

    private static let denials = [
        "not", "no", "never", "without", "cannot", "neither", "nor", "none", "excluded", "prohibited", "inappropriate",
        "improper", "misuse", "unless", "except",
    ]

    /// Runs of digits with dots and commas inside; letters beside them are left off ("30-day" → 30, "FY2026" → 2026).
    static func numbers(in text: String) -> Set<String> {
        var numbers: Set<String> = []
        var number = ""
        let scalars = Array(text.unicodeScalars)
        for index in 0...scalars.count {
            let scalar = index < scalars.count ? scalars[index] : " "
            if scalar >= "0", scalar <= "9" {
                number.unicodeScalars.append(scalar)
                continue
            }
            let next = index + 1 < scalars.count ? scalars[index + 1] : " "
            let joins = !number.isEmpty && (scalar == "." || scalar == ",") && next >= "0" && next <= "9"
            if joins {
                if scalar == "." { number.unicodeScalars.append(".") }
                continue
            }
            if !number.isEmpty { numbers.insert(number) }
            number = ""
        }
        return numbers
    }
}
