/// Finds passages: what the index has for the words, in the order of `PassageRanking`.
struct PassageSearch: Sendable {
    let store: KnowledgeStore

    /// Best first.
    func search(_ question: Question, document: String = "") throws -> [FoundPassage] {
        let codes = question.mentions.map { CodeKey.of($0.text).lowercased() }
        let words = KnowledgeWords.words(of: question.text) + codes
        return PassageRanking(question.text, mentions: question.mentions)
            .ranked(try store.search(words, document: document))
    }
}
