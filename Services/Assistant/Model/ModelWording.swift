import Logging
import Metrics
import RPC

/// Lets a language model word an answer that the rules composed, from what that cites. Its wording stands only where verification bears
/// it out; in every other case the answer of the rules does.
struct ModelWording: Sendable {
    /// Kept back of the caller's time, so that the answer of the rules still gets there.
    private static let reserve = Duration.milliseconds(500)
    /// Bytes of a token, when the reply does not say how many it used.
    private static let tokenBytes = 3

    let endpoint: ChatEndpoint
    let now: @Sendable () -> Int64
    let logger: Logger
    private let gate: ModelGate

    init(_ endpoint: ChatEndpoint, now: @escaping @Sendable () -> Int64, logger: Logger) {
        self.endpoint = endpoint
        self.now = now
        self.logger = logger
        gate = ModelGate(dayTokens: endpoint.dayTokens)
    }

    /// What came of it.
    struct Outcome: Sendable {
        /// nil: the answer of the rules stands.
        var answer: VerifiedAnswer?
        var step: AnswerStep
    }

    /// Words an answer.
    /// - Parameters:
    ///   - answer: that of the rules; not abstained.
    ///   - remaining: of the caller's time.
    func word(
        _ question: String, _ answer: VerifiedAnswer, known: KnownCodes, remaining: Duration
    ) async -> Outcome {
        let start = ContinuousClock.now
        let (worded, why) = await attempt(
            question, answer, known, within: min(endpoint.deadline, remaining - Self.reserve))
        Counter(label: "model_wordings", dimensions: [("outcome", why)]).increment()
        return Outcome(
            answer: worded,
            step: AnswerStep(
                tool: "model", about: why, outcome: worded == nil ? "failed" : "found",
                tookMicros: start.duration(to: .now).micros))
    }

    private func attempt(
        _ question: String, _ answer: VerifiedAnswer, _ known: KnownCodes, within limit: Duration
    ) async -> (VerifiedAnswer?, String) {
        guard limit > .zero else { return (nil, "no time left") }
        guard answer.citations.count <= ModelPrompt.mostSources else { return (nil, "too many sources") }
        guard endpoint.allowsCPT || !answer.citations.contains(where: ModelPrompt.isLicensed) else {
            return (nil, "licensed text")
        }
        if let refusal = gate.enter(now: now()) { return (nil, refusal.rawValue) }
        let prompt = ModelPrompt(question: question, sources: answer.citations)
        let (reply, tokens, why) = await ask(prompt, within: limit)
        gate.leave(now: now(), tokens: tokens, failed: reply == nil)
        guard let reply else { return (nil, why) }
        return Self.judged(ModelReply.sentences(in: reply), against: answer, known: known)
    }

    private func ask(_ prompt: ModelPrompt, within limit: Duration) async -> (String?, Int, String) {
        let body: String
        do { body = try ChatWire.request(prompt, endpoint) } catch { return (nil, 0, "not sent") }
        let sent = body.utf8.count / Self.tokenBytes
        switch await ChatCall.post(body, to: endpoint.address + "/chat/completions", key: endpoint.key, within: limit) {
        case .failure(let fault):
            // Never what was asked or answered: only what kind of failure it was.
            logger.warning("the language model did not answer", metadata: ["kind": "\(fault)"])
            return (nil, sent, "no reply")
        case .success(let bytes):
            guard let (text, tokens) = ChatWire.reply(bytes) else { return (nil, sent, "unreadable") }
            return (text, tokens ?? sent + bytes.count / Self.tokenBytes, "")
        }
    }

    /// What is left of a model's sentences, when it still says what the answer of the rules begins with.
    static func judged(
        _ sentences: [DraftSentence], against answer: VerifiedAnswer, known: KnownCodes
    ) -> (VerifiedAnswer?, String) {
        let draft = Draft(
            evidence: answer.citations, sentences: sentences, notSaid: answer.notSaid, nextSteps: answer.nextSteps,
            known: known)
        let worded = Verifier(known: known, isForeign: true).verify(draft)
        guard !worded.isAbstained else { return (nil, "nothing borne out") }
        // The first sentence is the answer proper: its source and its codes must still be there.
        let first = answer.sentences[0]
        let cited = Set(worded.citations)
        guard first.evidence.contains(where: { cited.contains(answer.citations[$0]) }) else {
            return (nil, "another answer")
        }
        let codes = Set(CodeScanner.mentions(in: first.text).filter(\.isCertain).map { CodeKey.of($0.text) })
        let said = Set(worded.sentences.flatMap { CodeScanner.mentions(in: $0.text) }.map { CodeKey.of($0.text) })
        guard codes.isSubset(of: said) else { return (nil, "codes left out") }
        return (worded, "worded")
    }
}
