import Support
import Testing

@testable import Assistant

/// Replies of a model that means ill, or means nothing at all.
@Suite("Verification")
struct VerifierTests {
    static let codes = ["E11.9", "E11.65", "Q9001", "99213", "0DTJ4ZZ"]
    static let evidence = [
        Evidence(
            title: "ICD-10-CM E11.9", passage: "E11.9 Type 2 diabetes mellitus (billable, active)",
            source: SourceNote(name: "ICD")),
        Evidence(
            title: "Manual, page I-3",
            passage: "CPT code 99213 is not separately reportable with HCPCS code Q9001 unless 2 lesions are treated.",
            source: SourceNote(name: "Manual")),
    ]

    private var known: KnownCodes {
        var known = KnownCodes()
        known.note("E11.9", .active)
        known.note("Q9009", .retired)
        return known
    }

    private func verified(_ text: String, _ places: [Int], isForeign: Bool = true) -> VerifiedAnswer {
        Verifier(known: known, isForeign: isForeign).verify(
            Draft(evidence: Self.evidence, sentences: [DraftSentence(text: text, evidence: places)]))
    }

    @Test(
        "Each fault is found",
        arguments: [
            ("E11.9 is type 2 diabetes mellitus.", [], SentenceCheck.Fault.noCitation),
            ("E11.9 is type 2 diabetes mellitus.", [7], .unknownCitation),
            ("E11.8 is type 2 diabetes mellitus.", [0], .unknownCode),
            ("Q9009 is type 2 diabetes mellitus.", [0], .invalidCode),
            ("E11.9 is type 3 diabetes mellitus.", [0], .unsupportedNumber),
            ("Bananas grow in warm countries near rivers.", [0], .unsupportedWords),
            ("99213 is separately reportable with Q9001 when lesions are treated.", [1], .otherDirection),
            ("Е11.9 is type 2 diabetes mellitus.", [0], .strangeCharacters),
            ("E1\u{200b}1.8 is type 2 diabetes mellitus.", [0], .strangeCharacters),
            ("Report 9 9 2 1 4 for type 2 diabetes mellitus.", [0], .strangeCharacters),
        ])
    func faults(text: String, places: [Int], fault: SentenceCheck.Fault) {
        let answer = verified(text, places)
        #expect(answer.checks.map(\.fault) == [fault])
        #expect(answer.isAbstained)
    }

    @Test("What its source bears out is kept")
    func kept() {
        #expect(!verified("E11.9 is type 2 diabetes mellitus, billable.", [0]).isAbstained)
        #expect(
            !verified("99213 is not separately reportable with Q9001 unless 2 lesions are treated.", [1]).isAbstained)
    }

    @Test("No code that nobody confirmed gets through 10 000 replies that were made to slip one in")
    func invented() {
        let seed: UInt64 = 20_261_124
        var generator = SeededGenerator(seed: seed)
        let allowed: Set<String> = ["E11.9", "E119", "99213", "Q9001", "Q9009"]
        var shown = 0
        for _ in 0..<10_000 {
            let draft = Self.reply(&generator)
            let answer = Verifier(known: known, isForeign: Bool.random(using: &generator)).verify(draft)
            for sentence in answer.sentences {
                shown += 1
                #expect(!sentence.evidence.isEmpty, "seed \(seed)")
                #expect(sentence.evidence.allSatisfy(answer.citations.indices.contains), "seed \(seed)")
                let found = AdversarialReply.codeShapes(sentence.text).filter { !allowed.contains($0) }
                #expect(found.isEmpty, "seed \(seed): \(sentence.text)")
            }
            for line in answer.notSaid + answer.nextSteps {
                #expect(AdversarialReply.codeShapes(line).allSatisfy(allowed.contains), "seed \(seed): \(line)")
            }
        }
        #expect(shown > 300, "the test must let something through, or it shows nothing")
    }

    /// Sentences of the source with a code, a number or a word changed, hidden, or put where none belongs.
    private static func reply(_ generator: inout SeededGenerator) -> Draft {
        var draft = Draft(evidence: evidence)
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            var words = [
                "E11.9 is type 2 diabetes mellitus, billable.", "E11.9 Type 2 diabetes mellitus (billable, active)",
                "CPT code 99213 is not separately reportable with HCPCS code Q9001 unless 2 lesions are treated.",
                "The reply is ready.", "",
            ].randomElement(using: &generator)!.split(separator: " ").map(String.init)
            if Int.random(in: 0..<5, using: &generator) > 0 {
                words.insert(
                    AdversarialReply.disguised(AdversarialReply.invented(&generator), &generator),
                    at: Int.random(in: 0...words.count, using: &generator))
            }
            let places = (0..<Int.random(in: 0...2, using: &generator)).map { _ in
                Int.random(in: -1...3, using: &generator)
            }
            draft.sentences.append(DraftSentence(text: words.joined(separator: " "), evidence: places))
        }
        draft.nextSteps = ["Look at \(AdversarialReply.disguised(AdversarialReply.invented(&generator), &generator))."]
        draft.notSaid = ["Nothing is said of \(AdversarialReply.invented(&generator))."]
        return draft
    }
}
