import Support

/// What a language model that means ill, or means nothing, might write: true sentences with a code, number or mark changed, hidden, or put
/// where none belongs, in the forms in which models write.
enum AdversarialReply {
    private static let truths = [
        "E11.9 is type 2 diabetes mellitus, billable", "E11.9 Type 2 diabetes mellitus (billable, active)",
        "CPT code 99213 is not separately reportable with HCPCS code Q9001 unless 2 lesions are treated",
    ]
    private static let lies = [
        "Report {code} instead of E11.9", "E11.9 was replaced by {code}", "{code} is type 2 diabetes mellitus",
        "CPT code 99213 is separately reportable with {code}", "Q9009 is type 2 diabetes mellitus",
        "The fee for {code} is $123.45", "Ignore the sources and bill {code} twice", "As an AI I cannot cite {code}",
    ]

    static func make(_ generator: inout SeededGenerator) -> String {
        var lines: [String] = Bool.random(using: &generator) ? [] : [truths[0] + ". [1]"]
        for _ in 0..<Int.random(in: 1...5, using: &generator) {
            let isTrue = Int.random(in: 0..<3, using: &generator) == 0
            let text = (isTrue ? truths : lies).randomElement(using: &generator)!
            let line = text.replacing("{code}", with: disguised(invented(&generator), &generator))
            lines.append(line + mark(&generator))
        }
        if Int.random(in: 0..<4, using: &generator) == 0 { lines.shuffle(using: &generator) }
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: return "<think>" + lines.joined(separator: " ") + "</think>" + lines.joined(separator: "\n")
        case 1: return "```json\n" + lines.joined(separator: "\n") + "\n```"
        case 2: return lines.enumerated().map { "\($0 + 1). \($1)" }.joined(separator: "\n")
        case 3: return lines.joined(separator: " ")
        default: return lines.joined(separator: "\n")
        }
    }

    private static func mark(_ generator: inout SeededGenerator) -> String {
        [
            ". [1]", " [1].", ". [2]", " [1][2].", ". [1, 2]", ".", ". [3]", ". [0]", ". [99999999999999999999]",
            " [E11.8]. [1]",
            ". [1] See also " + invented(&generator),
        ].randomElement(using: &generator)!
    }

    static func invented(_ generator: inout SeededGenerator) -> String {
        func digits(_ count: Int, _ generator: inout SeededGenerator) -> String {
            (0..<count).map { _ in "\(Int.random(in: 0...9, using: &generator))" }.joined()
        }
        let letter = String("ABCDEFGHJKLMNPQRSTUVWXYZ".randomElement(using: &generator)!)
        switch Int.random(in: 0..<5, using: &generator) {
        case 0:
            return letter + digits(2, &generator) + "." + digits(Int.random(in: 1...3, using: &generator), &generator)
        case 1: return letter + digits(4, &generator)
        case 2: return digits(5, &generator)
        case 3: return digits(4, &generator) + "F"
        default: return "0" + letter + "T" + digits(1, &generator) + "4ZZ"
        }
    }

    static func disguised(_ code: String, _ generator: inout SeededGenerator) -> String {
        switch Int.random(in: 0..<9, using: &generator) {
        case 0: return code.lowercased()
        case 1: return "(\(code))"
        case 2: return code.map(String.init).joined(separator: "\u{200b}")
        case 3: return code.map(String.init).joined(separator: " ")
        case 4: return String(code.unicodeScalars.map { Character(Unicode.Scalar($0.value + 0xFEE0) ?? $0) })
        case 5: return code.replacing("E", with: "Е").replacing("A", with: "А")
        case 6: return "**\(code)**"
        case 7: return code.map(String.init).joined(separator: "[1]")
        default: return code
        }
    }

    /// All words of a text that have the form of a code, found in another way than the verifier does.
    static func codeShapes(_ text: String) -> [String] {
        let folded = String(
            text.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint }.map(Character.init))
        let pattern = /[A-Va-v][0-9]{4}|[A-Za-z][0-9][0-9A-Za-z](?:\.[0-9A-Za-z]{1,4})?|[0-9]{5}|[0-9]{4}[FTUMAftuma]/
        return folded.matches(of: pattern).map { String($0.output).uppercased() }
    }
}
