import Contracts
import Foundation
import Logging
import RPC
import Support
import Testing

@testable import Assistant

/// A language model may word an answer; whatever it does, the facts stay those of the sources.
@Suite("Wording by a language model", .serialized)
struct ModelTests {
    private static let question = "What is E11.9?"
    private static let good = "E11.9 is type 2 diabetes mellitus without complications. [1]"

    private func answer(
        _ act: ScriptedModel.Act, deadline: Duration = .seconds(30)
    ) async throws -> (AssistantAPI.Answer, ScriptedModel) {
        let model = try await ScriptedModel(act)
        let desk = try PilotDesk(lookup: SamplePages.lookup, model: model.endpoint(deadline: deadline))
        let answer = try await desk.ask(Self.question)
        try await model.close()
        return (answer, model)
    }

    private func byRules() async throws -> AssistantAPI.Answer {
        try await PilotDesk(lookup: SamplePages.lookup).ask(Self.question)
    }

    @Test("What the sources bear out is said in the model's words, cited")
    func worded() async throws {
        let (answer, model) = try await answer(.say(Self.good))
        #expect(answer.wordedBy == "model")
        #expect(answer.answer.map(\.text) == ["E11.9 is type 2 diabetes mellitus without complications."])
        #expect(answer.answer.allSatisfy { !$0.citations.isEmpty })
        let sent = try #require(model.requests.current.first)
        #expect(sent.contains("Type 2 diabetes mellitus without complications") && sent.contains("What is E11.9?"))
    }

    @Test("What they do not bear out is cut from it")
    func cut() async throws {
        let reply =
            Self.good + "\nReport E11.8 for complications. [1]\nIt pays $99 on every claim. [1]\nTake metformin."
        let (answer, _) = try await answer(.say(reply))
        #expect(answer.wordedBy == "model" && answer.answer.count == 1)
    }

    @Test(
        "Failure, slowness and nonsense leave the answer of the rules",
        arguments: [
            .raw(status: 500, body: "{}"), .raw(status: 429, body: "{}"), .raw(status: 200, body: "no JSON"),
            .raw(status: 200, body: #"{"choices":[]}"#),
            .raw(status: 200, body: ScriptedModel.huge),
            .raw(status: 302, body: ""), .late(.seconds(3_600), good), .hangUp,
            .say("Bananas grow in warm countries. [1]"),
            .say("E11.8 is the code. [1]"), .say("Е11.9 is type 2 diabetes mellitus. [1]"), .say("[1]"),
            .say("E11.9 is type 2 diabetes mellitus without complications."), .say("E11.9 is type 2 diabetes. [99]"),
            .say("Type 2 diabetes mellitus without complications. [1]"), .say(String(repeating: "[1]", count: 50)),
        ] as [ScriptedModel.Act])
    func fallback(act: ScriptedModel.Act) async throws {
        let (answer, _) = try await answer(act, deadline: .milliseconds(500))
        let expected = try await byRules()
        #expect(answer.wordedBy == "rules" && answer.answer == expected.answer && !answer.abstained)
    }

    @Test("A model that keeps failing is left alone for a while, and then tried again")
    func paused() {
        let gate = ModelGate(dayTokens: 1_000)
        for _ in 0..<ModelGate.mostFailures {
            #expect(gate.enter(now: 100) == nil)
            gate.leave(now: 100, tokens: 1, failed: true)
        }
        #expect(gate.enter(now: 110) == .paused)
        #expect(gate.enter(now: 100 + ModelGate.pauseSeconds) == nil)
        gate.leave(now: 131, tokens: 2_000, failed: false)
        #expect(gate.enter(now: 131) == .spent, "the tokens of the day are used")
        #expect(gate.enter(now: 86_400) == nil, "the next day has its own")
        for _ in 1..<ModelGate.mostCalls { #expect(gate.enter(now: 86_400) == nil) }
        #expect(gate.enter(now: 86_400) == .busy)
    }

    @Test("CPT text is never sent, unless the operator says that the licence allows it", arguments: [false, true])
    func licensed(allows: Bool) async throws {
        let model = try await ScriptedModel(.say("1234F is a made-up measure. [1]"))
        var endpoint = model.endpoint()
        endpoint.allowsCPT = allows
        let page = SamplePages.page("cpt", "1234F", "Made-up measure")
        let desk = try PilotDesk(lookup: LookupDouble(pages: [page]), model: endpoint)
        let answer = try await desk.ask("What is 1234F?")
        #expect(!answer.abstained)
        #expect(model.requests.current.isEmpty == !allows)
        #expect(answer.wordedBy == (allows ? "model" : "rules"))
        try await model.close()
    }

    @Test("An answer that abstains is not sent to the model: it has nothing to word")
    func abstained() async throws {
        let model = try await ScriptedModel(.say(Self.good))
        let desk = try PilotDesk(lookup: SamplePages.lookup, model: model.endpoint())
        #expect(try await desk.ask("What is Z99.99?").abstained)
        #expect(model.requests.current.isEmpty)
        try await model.close()
    }

    @Test("What identifies a patient never reaches the model")
    func patientData() async throws {
        let model = try await ScriptedModel(.say(Self.good))
        let desk = try PilotDesk(lookup: SamplePages.lookup, model: model.endpoint())
        _ = try await desk.ask("Patient: Jane Doe, DOB 01/02/1950, SSN 123-45-6789. What is E11.9?")
        let sent = model.requests.current.joined()
        #expect(!sent.isEmpty && !sent.contains("Jane") && !sent.contains("6789"))
        try await model.close()
    }

    @Test(
        "Replies are read into sentences with their sources",
        arguments: [
            (
                "A is b [1]. C is d [2][3].",
                [DraftSentence(text: "A is b.", evidence: [0]), .init(text: "C is d.", evidence: [1, 2])]
            ),
            (
                "- A is b. [1, 2]\n2. C [x] is d. [2]",
                [.init(text: "A is b.", evidence: [0, 1]), .init(text: "C [x] is d.", evidence: [1])]
            ),
            ("<think>[1] hm</think>\nA is b. [0]", [.init(text: "A is b.", evidence: [-1])]),
            ("A is b.", [.init(text: "A is b.", evidence: [])]), ("```\n[1]\n```", []),
        ] as [(String, [DraftSentence])])
    func reading(reply: String, sentences: [DraftSentence]) {
        #expect(ModelReply.sentences(in: reply) == sentences)
    }

    @Test(
        "10 000 adversarial replies: no invented code, no sentence without citation, never another answer than the sources'"
    )
    func adversarial() async throws {
        let seed: UInt64 = 20_261_125
        var generator = SeededGenerator(seed: seed)
        var known = KnownCodes()
        known.note("E11.9", .active)
        known.note("Q9009", .retired)
        let answer = VerifiedAnswer(
            sentences: [DraftSentence(text: "E11.9 is the ICD-10-CM code “Type 2 diabetes mellitus”.", evidence: [0])],
            citations: VerifierTests.evidence)
        let allowed: Set<String> = ["E11.9", "E119", "99213", "Q9001"]
        var worded = 0
        for _ in 0..<10_000 {
            let reply = AdversarialReply.make(&generator)
            let (judged, _) = ModelWording.judged(ModelReply.sentences(in: reply), against: answer, known: known)
            guard let judged else { continue }
            worded += 1
            for sentence in judged.sentences {
                #expect(!sentence.evidence.isEmpty, "seed \(seed): \(reply)")
                #expect(sentence.evidence.allSatisfy(judged.citations.indices.contains), "seed \(seed): \(reply)")
                let codes = AdversarialReply.codeShapes(sentence.text).filter { !allowed.contains($0) && $0 != "Q9009" }
                #expect(codes.isEmpty, "seed \(seed): \(reply)")
            }
            #expect(judged.citations.allSatisfy(VerifierTests.evidence.contains), "seed \(seed): \(reply)")
        }
        #expect(worded > 300, "the test must let something through, or it shows nothing")
    }
}
