/// What a question is about: its words without those that ask.
enum TopicWords {
    /// Longer topics are notes; a search box takes 32 words.
    static let most = 24

    /// The words that are left, in their order, lower case.
    static func words(of text: String) -> [String] {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "." && $0 != "'" && $0 != "’" }
            .map { word in String(word.drop { $0 == "." || $0 == "'" }.prefix { $0 != "’" && $0 != "'" }) }
            .map { $0.last == "." ? String($0.dropLast()) : $0 }
        return words.filter { !$0.isEmpty && !asking.contains($0) }
    }

    /// The same as one text.
    static func topic(of text: String) -> String { words(of: text).prefix(most).joined(separator: " ") }

    private static let asking: Set<String> = [
        "a", "about", "according", "all", "also", "am", "an", "and", "any", "apply", "are", "as", "ask", "assign", "at",
        "be", "because", "been", "being", "best", "bill", "billed", "billing", "but", "by", "can", "cm", "code",
        "codes",
        "coded", "coding", "correct", "could", "cpt", "describe", "did", "do", "does", "during", "explain", "find",
        "for",
        "from", "get", "give", "had", "happens", "has", "have", "hcpcs", "how", "i", "icd", "icd-10", "icd-10-cm",
        "icd10", "if",
        "in", "into", "is", "it", "its", "just", "know", "let", "look", "may", "me", "mean", "means", "might", "must",
        "my", "need", "of", "on", "one", "or", "our", "patient", "patients", "please", "proper", "report", "reported",
        "right_code", "s", "say", "says", "shall", "should", "show", "so", "some", "tell", "than", "thanks", "that",
        "the",
        "their", "them", "then", "there", "these", "they", "this", "those", "to", "up", "us", "use", "used", "using",
        "was",
        "we", "were", "what", "when", "where", "whether", "which", "who", "why", "will", "with", "would", "you", "your",
        "10", "allowed", "appropriate", "hi", "hello", "work",
    ]
}
