/// Cuts text into sentences.
enum Sentences {
    /// The sentences in their order, without white space at their ends; line breaks end one too.
    static func split(_ text: String) -> [String] {
        var sentences: [String] = []
        for line in text.split(separator: "\n") { sentences += splitLine(String(line)) }
        return sentences
    }

    private static func splitLine(_ line: String) -> [String] {
        let scalars = Array(line.unicodeScalars)
        var sentences: [String] = []
        var start = 0
        var depth = 0
        func close(_ end: Int) {
            let sentence = String(String.UnicodeScalarView(scalars[start..<end])).trimmed
            if !sentence.isEmpty { sentences.append(sentence) }
            start = end
        }
        for (index, scalar) in scalars.enumerated() {
            if scalar == "(" { depth += 1 }
            if scalar == ")" { depth = max(0, depth - 1) }
            guard scalar == "." || scalar == "?" || scalar == "!", depth == 0 else { continue }
            var end = index + 1
            while end < scalars.count, "\"”’)".unicodeScalars.contains(scalars[end]) { end += 1 }
            guard end == scalars.count || scalars[end] == " " else { continue }
            if end < scalars.count, !beginsSentence(scalars, after: end) { continue }
            if isAbbreviation(scalars, endingAt: index, from: start) { continue }
            close(end)
        }
        close(scalars.count)
        return sentences
    }

    private static func beginsSentence(_ scalars: [Unicode.Scalar], after place: Int) -> Bool {
        var index = place
        while index < scalars.count, scalars[index] == " " { index += 1 }
        guard index < scalars.count else { return true }
        let next = scalars[index]
        return next.properties.isUppercase || next.properties.numericType != nil
            || "“\"(•".unicodeScalars.contains(next)
    }

    private static let abbreviations: Set<String> = [
        "e.g", "i.e", "etc", "vs", "dr", "mr", "mrs", "ms", "no", "st", "inc", "u.s", "p.l", "fig", "cf", "approx",
    ]

    private static func isAbbreviation(_ scalars: [Unicode.Scalar], endingAt dot: Int, from start: Int) -> Bool {
        var begin = dot
        while begin > start, scalars[begin - 1] != " ", scalars[begin - 1] != "(" { begin -= 1 }
        let word = String(String.UnicodeScalarView(scalars[begin..<dot])).lowercased()
        // The number or letter of a list item ("3.", "B.") ends no sentence.
        if begin == start, word.unicodeScalars.count <= 2 { return true }
        return abbreviations.contains(word)
            || (word.unicodeScalars.count == 1 && scalars[dot - 1].properties.isUppercase)
    }
}
