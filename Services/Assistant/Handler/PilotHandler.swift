package import Contracts
import Crypto
package import Logging
package import RPC
import Storage

/// The calls of CasePilot.
package struct PilotHandler: AssistantAPI.Service {
    /// A question is a sentence or a short note.
    static let longestQuestion = 4_000

    let explanations: ExplainHandler
    let answerer: Answerer
    let quota: Quota
    let store: PilotStore
    let surroundings: Surroundings
    let logger: Logger

    /// - Parameters:
    ///   - lookup: a channel to Lookup; the owner closes it, and the next.
    ///   - accounts: a channel to Accounts.
    ///   - store: open as long as calls are served, like the next.
    package init(
        lookup: any RPCChannel, accounts: any RPCChannel, store: PilotStore, knowledge: KnowledgeStore,
        surroundings: Surroundings = .system, logger: Logger
    ) {
        self.init(
            lookup: lookup, accounts: accounts, store: store, knowledge: knowledge, surroundings: surroundings,
            model: nil, logger: logger)
    }

    /// - Parameter model: words the answers; nil: the rules do.
    init(
        lookup: any RPCChannel, accounts: any RPCChannel, store: PilotStore, knowledge: KnowledgeStore,
        surroundings: Surroundings = .system, model: ChatEndpoint?, logger: Logger
    ) {
        explanations = ExplainHandler(lookup: lookup)
        answerer = Answerer(
            tools: LookupTools(lookup), knowledge: knowledge, today: { UTCSeconds(surroundings.now()).day },
            wording: model.map { ModelWording($0, now: surroundings.now, logger: logger) })
        quota = Quota(accounts)
        self.store = store
        self.surroundings = surroundings
        self.logger = logger
    }

    /// See `ExplainHandler.explain`.
    package func explain(
        _ request: AssistantAPI.ExplainRequest, context: CallContext
    ) async throws(ServiceError) -> AssistantAPI.Answer {
        try await explanations.explain(request, context: context)
    }

    /// Answers a question; see the contract.
    package func ask(
        _ request: AssistantAPI.AskRequest, context: CallContext
    ) async throws(ServiceError) -> AssistantAPI.Answer {
        try await answer(request, context: context) { (_) throws(ServiceError) in }
    }

    /// Answers a question as it comes about.
    package func stream(
        _ request: AssistantAPI.AskRequest, to replies: ReplyWriter<AssistantAPI.AskEvent>, context: CallContext
    ) async throws(ServiceError) {
        let answer = try await answer(request, context: context) { (step) throws(ServiceError) in
            try await replies.write(AssistantAPI.AskEvent(step: AssistantAPI.Step(step)))
        }
        var sent: Set<UInt32> = []
        for sentence in answer.answer {
            for citation in answer.citations where sentence.citations.contains(citation.n) {
                if sent.insert(citation.n).inserted {
                    try await replies.write(AssistantAPI.AskEvent(citation: citation))
                }
            }
            try await replies.write(AssistantAPI.AskEvent(sentence: sentence))
        }
        try await replies.write(AssistantAPI.AskEvent(done: answer))
    }

    /// One question from the request to what is kept of it.
    private func answer(
        _ request: AssistantAPI.AskRequest, context: CallContext,
        progress: @escaping (AnswerStep) async throws(ServiceError) -> Void
    ) async throws(ServiceError) -> AssistantAPI.Answer {
        let start = ContinuousClock.now
        let owner = try Asker.owner(context, guest: request.guest)
        let asked = try AskedQuestion(request)
        let options = CallOptions(within: context)
        let key = context.idempotencyKey.map {
            AskKey(bytes: $0.bytes, digest: Array(SHA256.hash(data: Array(asked.fingerprint.utf8))))
        }
        if let known = try known(key, owner) { return known }
        let earlier = try earlier(asked.conversation, owner: owner)
        let trace = surroundings.newID()
        let hold = try await quota.hold(
            "casepilot_question", item: "question/" + (key?.bytes.hexadecimal ?? trace), attempt: trace, for: owner,
            network: request.network, now: surroundings.now(), options: options)
        do {
            let outcome = try await answerer.answer(
                asked.inquiry(earlier: earlier, licensed: request.licensedTexts), options: options, progress: progress)
            let finished = Finished(
                outcome: outcome, asked: asked, trace: trace, owner: owner, key: key,
                tookMicros: start.duration(to: .now).micros)
            return try await finish(finished, hold, options)
        } catch {
            await giveBack(hold, options, why: error)
            throw error
        }
    }

    /// What an answer is kept with.
    private struct Finished {
        var outcome: Answerer.Outcome
        var asked: AskedQuestion
        var trace: String
        var owner: Owner
        var key: AskKey?
        var tookMicros: Int
    }

    /// Keeps the answer first and the charge after it: a crash in between costs the asker nothing.
    private func finish(
        _ done: Finished, _ hold: Quota.Hold, _ options: CallOptions
    ) async throws(ServiceError) -> AssistantAPI.Answer {
        var answer = AssistantAPI.Answer(done.outcome, trace: done.trace)
        answer.notices = done.asked.notices + answer.notices
        let isKept = done.asked.mayBeKept
        if isKept {
            answer.conversation = done.asked.conversation.isEmpty ? surroundings.newID() : done.asked.conversation
        }
        if done.outcome.answer.isAbstained {
            answer.meter = AssistantAPI.Meter(await giveBack(hold, options, why: nil) ?? hold.balance)
        } else {
            answer.meter = AssistantAPI.Meter(hold.balance)
        }
        if isKept { try await keep(done, answer) }
        guard !done.outcome.answer.isAbstained else { return answer }
        do {
            answer.meter = AssistantAPI.Meter(try await quota.keep(hold, options: options))
        } catch {
            // The answer is there; the hold runs out and is given back. Better one answer free than one lost.
            logger.warning("charge not kept", metadata: ["trace": "\(done.trace)", "kind": "\(error.kind.name)"])
        }
        return answer
    }

    private func keep(_ done: Finished, _ answer: AssistantAPI.Answer) async throws(ServiceError) {
        let now = surroundings.now()
        let row = ExchangeRow(
            trace: done.trace, conversation: answer.conversation, owner: done.owner, askedAt: now,
            question: done.asked.text, answer: try WireForm.bytes(of: answer),
            traceData: try WireForm.bytes(
                of: AssistantAPI.Trace(done.outcome, answer: answer, at: now, tookMicros: done.tookMicros)))
        do {
            try await store.add(row, title: done.asked.title, key: done.key)
        } catch {
            throw failure(error, doing: "keep the answer")
        }
    }

    @discardableResult
    private func giveBack(
        _ hold: Quota.Hold, _ options: CallOptions, why: ServiceError?
    ) async -> AccountsAPI.Balance? {
        do {
            return try await quota.giveBack(hold, options: options)
        } catch {
            logger.warning(
                "charge not given back; it will be when its hold runs out", metadata: ["kind": "\(error.kind.name)"])
            return nil
        }
    }

    private func known(_ key: AskKey?, _ owner: Owner) throws(ServiceError) -> AssistantAPI.Answer? {
        guard let key else { return nil }
        do {
            guard let row = try store.answered(key, owner: owner) else { return nil }
            return try WireForm.value(AssistantAPI.Answer.self, from: row.answer)
        } catch is AskKey.Conflict {
            throw ServiceError(.aborted, "This idempotency key was used for another question.", reason: "key_reused")
        } catch {
            throw failure(error, doing: "look for an earlier answer")
        }
    }

    private func earlier(_ conversation: String, owner: Owner) throws(ServiceError) -> Question? {
        guard !conversation.isEmpty else { return nil }
        let rows: [ExchangeRow]
        do { rows = try store.exchanges(of: conversation, owner: owner) } catch {
            throw failure(error, doing: "read the conversation")
        }
        guard !rows.isEmpty else {
            throw ServiceError(.notFound, "There is no such conversation of yours.", field: "conversation")
        }
        guard rows.count < PilotStore.mostExchanges else {
            throw ServiceError(
                .failedPrecondition, "This conversation is full. Begin a new one.", field: "conversation",
                reason: "conversation_full")
        }
        var earlier: Question?
        for row in rows.suffix(8) {
            for question in QuestionReader.questions(in: row.question) where question.outOfScope == nil {
                earlier = FollowUp.completed(question, with: earlier, page: "")
            }
        }
        return earlier
    }

    /// What happened at the store, in the log; in the reply only that it did.
    func failure(_ error: any Error, doing what: String) -> ServiceError {
        if let error = error as? ServiceError { return error }
        logger.error("the assistant's store failed", metadata: ["doing": "\(what)", "cause": "\(error)"])
        let mayHaveRun = (error as? StorageError)?.mayHaveRun ?? true
        return ServiceError(
            (error as? StorageError)?.kind == .overloaded ? .resourceExhausted : .internal,
            "The desk could not \(what); its log says why.", mayHaveRun: mayHaveRun)
    }
}
