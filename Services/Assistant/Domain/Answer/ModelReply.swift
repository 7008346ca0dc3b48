/// Reads what a language model wrote into sentences with the places of their sources. Nothing of it is believed here: what comes out goes
/// through the `Verifier`.
enum ModelReply {
    /// Characters that are read; what comes after is not.
    static let mostCharacters = 8_000
    /// Sentences that are read.
    static let mostSentences = 40

    /// The sentences of a reply, each with places of evidence (from 0; −1 for a number that says nothing).
    static func sentences(in reply: String) -> [DraftSentence] {
        let text = String(withoutThoughts(reply).prefix(mostCharacters))
        var sentences: [DraftSentence] = []
        for line in text.split(whereSeparator: \.isNewline) {
            guard !line.hasPrefix("```") else { continue }
            sentences += Self.sentences(ofLine: unlisted(line))
        }
        return Array(sentences.prefix(mostSentences))
    }

    /// What some models write before they answer is no answer.
    private static func withoutThoughts(_ reply: String) -> String {
        guard let end = reply.firstRange(of: "</think>") else { return reply }
        return String(reply[end.upperBound...])
    }

    /// Without the sign or number of a list.
    private static func unlisted(_ line: Substring) -> Substring {
        let line = line.drop(while: \.isWhitespace)
        if let first = line.first, "-*•".contains(first) { return line.dropFirst().drop(while: \.isWhitespace) }
        let number = line.prefix { $0.isASCII && $0.isNumber }
        let rest = line.dropFirst(number.count)
        guard (1...2).contains(number.count), rest.first == "." || rest.first == ")",
            rest.dropFirst().first == " "
        else { return line }
        return rest.dropFirst(2)
    }

    /// Text up to a run of marks belongs to those marks: "A [1]. B [2][3]."
    private static func sentences(ofLine line: Substring) -> [DraftSentence] {
        var sentences: [DraftSentence] = []
        var text = ""
        var places: [Int] = []
        func close() {
            let said = text.trimmed
            if said.contains(where: { $0.isLetter || $0.isNumber }) {
                sentences.append(DraftSentence(text: closed(said), evidence: places))
            }
            text = ""
            places = []
        }
        var rest = line
        while let character = rest.first {
            if character == "[", let (numbers, after) = mark(rest) {
                places += numbers.filter { !places.contains($0) }
                rest = after
                continue
            }
            // A full stop after the marks still belongs to the sentence before them.
            if !places.isEmpty, character.isLetter || character.isNumber { close() }
            text.append(character)
            rest = rest.dropFirst()
        }
        close()
        return sentences
    }

    /// "[1]", "[1, 3]": the places, and what comes after; nil: no mark.
    private static func mark(_ text: Substring) -> ([Int], Substring)? {
        let inner = text.dropFirst().prefix { $0 != "]" }
        guard (1...20).contains(inner.count), inner.endIndex < text.endIndex else { return nil }
        let parts = inner.split(separator: ",").map { $0.filter { !$0.isWhitespace } }
        guard !parts.isEmpty, parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }) else { return nil }
        return (parts.map { (Int($0) ?? 0) - 1 }, text[text.index(after: inner.endIndex)...])
    }

    /// With one full stop, also where the marks stood before it.
    private static func closed(_ text: String) -> String {
        var text = text
        while text.hasSuffix(" .") || text.hasSuffix("..") { text = String(text.dropLast(2)) + "." }
        return text
    }
}
