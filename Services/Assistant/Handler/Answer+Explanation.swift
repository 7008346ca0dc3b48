import Contracts

extension AssistantAPI.Answer {
    /// An explanation in the words of the contract.
    /// - Parameters:
    ///   - page: where the record comes from: its source is the citations'.
    ///   - on: the date asked about, carried into the links; empty: none.
    init(_ explanation: Explanation, of page: LookupAPI.CodePage, on: String) {
        let name = CodeSetName.of(page.system)
        let query = on.isEmpty ? "" : "?on=\(on)"
        self.init(
            answer: explanation.sentences.map { sentence in
                AssistantAPI.Sentence(text: sentence.text, citations: sentence.evidence.map { UInt32($0) })
            },
            citations: explanation.evidence.enumerated().map { index, evidence in
                AssistantAPI.Citation(
                    n: UInt32(index + 1), title: "\(name) \(evidence.code)", passage: evidence.passage,
                    source: page.source, href: "/codes/\(page.system)/\(evidence.code)\(query)")
            })
    }
}
