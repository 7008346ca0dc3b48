import Contracts
import Logging
import Mail
import Metrics
import RPC
import Runtime
import ServiceLifecycle

/// Answers the cases that were taken, a few at a time, until shutdown. A crash at any point answers none twice and loses none: what was
/// decided and its mail are one transaction, and the charge is found again by the case's id.
struct CaseWorker: Service {
    /// Between two looks when nothing came.
    static let interval = Duration.seconds(1)
    /// Cases that are worked on at once.
    static let width = 4
    static let batch = 32
    /// A call of a case may take so long; nobody waits at the other end.
    static let callTimeout = Duration.seconds(20)
    /// After this a case that cannot be worked on goes to a person.
    static let patience: Int64 = 24 * 3_600
    /// Time that the quota's hold of a case may last, seconds: beyond a day of trying.
    static let holdSeconds: UInt32 = 86_400

    let store: PilotStore
    let answerer: Answerer
    let quota: Quota
    let senders: any SenderDirectory
    let policy: MailPolicy
    let letters: CaseLetters
    let surroundings: Surroundings
    let logger: Logger
    /// Yields when a case has come, or when it is time to look.
    let arrivals: AsyncStream<Void>
    /// Makes `arrivals` yield.
    var wake: @Sendable () -> Void = {}

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    // Rounds never overlap: all of them are made here.
                    for await _ in arrivals {
                        while await round(), !Task.isCancelled {}
                    }
                }
                group.addTask {
                    while !Task.isCancelled {
                        wake()
                        do { try await Task.sleep(for: Self.interval) } catch { return }
                    }
                }
            }
        }
    }

    /// Works on what is due.
    /// - Returns: whether more may be: the batch was full, and something came of it.
    @discardableResult
    func round() async -> Bool {
        let due = dueCases()
        let ended = await withTaskGroup(of: Bool.self) { group in
            var ended = 0
            for (index, row) in due.enumerated() {
                if index >= Self.width, await group.next() == true { ended += 1 }
                group.addTask { await attempt(row) }
            }
            for await isEnded in group where isEnded { ended += 1 }
            return ended
        }
        return due.count == Self.batch && ended > 0
    }

    private func dueCases() -> [CaseRow] {
        do { return try store.dueCases(at: surroundings.now(), limit: Self.batch) } catch {
            logger.error("cases could not be read", metadata: ["cause": "\(error)"])
            return []
        }
    }

    /// - Returns: whether the work on the case has ended; it is tried again otherwise.
    private func attempt(_ row: CaseRow) async -> Bool {
        do {
            try await work(row)
            return true
        } catch {
            let now = surroundings.now()
            logger.warning(
                "a case is tried again later",
                metadata: [
                    "case": "\(row.id)", "kind": "\((error as? ServiceError)?.kind.name ?? "\(type(of: error))")",
                ])
            await later(row, now)
            return false
        }
    }

    private func later(_ row: CaseRow, _ now: Int64) async {
        do {
            guard now - row.receivedAt < Self.patience else {
                return try await end(row, .waiting, mail: letters.waiting(row, nil))
            }
            let pause = min(300, 5 << min(row.tries, 6))
            try await store.postpone(row.id, until: now + Int64(pause))
        } catch {
            logger.error("a case could not be postponed", metadata: ["case": "\(row.id)", "cause": "\(error)"])
        }
    }

    private func work(_ row: CaseRow) async throws {
        var options = CallOptions(timeout: Self.callTimeout)
        options.requestID = "case-\(row.id)"
        var row = row
        let account = try await senders.account(of: row.sender, options: options)
        // A forged sender must not be answered: its owner never wrote.
        guard row.verdict != .fail else {
            return try await end(row, .refused, because: "The sender could not be proven.", mail: nil)
        }
        guard let account else { return try await refuseStranger(row) }
        row.account = account.id
        guard !account.isSuspended else {
            return try await end(row, .refused, because: "The account is suspended.", mail: nil)
        }
        guard row.reason.isEmpty else {
            return try await end(row, .refused, because: row.reason, mail: letters.refusal(row.reason, row))
        }
        try await answer(row, options)
    }

    private func answer(_ row: CaseRow, _ options: CallOptions) async throws {
        switch await hold(row, options) {
        case .success(let hold): try await answer(row, charging: hold, options)
        case .failure(let error) where error.kind == .resourceExhausted:
            try await end(row, .refused, because: error.message, mail: letters.refusal(error.message, row))
        case .failure(let error): throw error
        }
    }

    private func hold(_ row: CaseRow, _ options: CallOptions) async -> Result<Quota.Hold, ServiceError> {
        do {
            return .success(
                try await quota.hold(
                    "caseconsultant_case", item: "case/\(row.id)", attempt: row.id, for: .account(row.account),
                    network: "", now: surroundings.now(), seconds: Self.holdSeconds, options: options))
        } catch {
            return .failure(error)
        }
    }

    private func answer(_ row: CaseRow, charging hold: Quota.Hold, _ options: CallOptions) async throws {
        let trace = surroundings.newID()
        let text = row.subject.isEmpty ? row.text : "\(row.subject)\n\(row.text)"
        let outcome = try await answerer.answer(
            Answerer.Inquiry(text: text, earlier: try earlier(row)), options: options)
        let answer = AssistantAPI.Answer(outcome, trace: trace)
        let answered = try Self.row(row, with: answer)
        if answer.abstained {
            _ = try await quota.giveBack(hold, options: options)
            return try await end(answered, .waiting, mail: letters.waiting(row, answer))
        }
        try await end(answered, .answered, mail: letters.answer(answer, to: row))
        await keep(hold, of: row.id, options)
    }

    private static func row(_ row: CaseRow, with answer: AssistantAPI.Answer) throws -> CaseRow {
        var row = row
        row.answer = try WireForm.bytes(of: answer)
        row.trace = answer.traceId
        return row
    }

    /// The answer is on its way; when the charge cannot be kept, the hold runs out and the case was free.
    private func keep(_ hold: Quota.Hold, of id: String, _ options: CallOptions) async {
        do { _ = try await quota.keep(hold, options: options) } catch {
            logger.warning("charge not kept", metadata: ["case": "\(id)", "kind": "\(error.kind.name)"])
        }
    }

    /// What the thread asked before, by the messages of ours that this one refers to.
    private func earlier(_ row: CaseRow) throws -> Question? {
        for reference in row.references.split(separator: " ").reversed() where reference.hasPrefix("case-") {
            let id = reference.prefix { $0 != "@" }.split(separator: "-").last.map(String.init) ?? ""
            if let before = try store.mailCase(id), before.sender == row.sender {
                return QuestionReader.questions(in: before.subject + "\n" + before.text).last
            }
        }
        return nil
    }

    private func refuseStranger(_ row: CaseRow) async throws {
        let now = surroundings.now()
        if policy.strangers == .refuse {
            _ = try await store.refuseStranger(letters.stranger(row), since: now - 86_400, at: now)
        }
        try await end(row, .refused, because: "No account has verified this address.", mail: nil)
    }

    private func end(
        _ row: CaseRow, _ state: CaseRow.State, because reason: String = "", mail: MailMessage?
    ) async throws {
        var row = row
        row.state = state
        row.reason = reason
        guard try await store.end(row, from: [.received], mail: mail, at: surroundings.now()) else { return }
        Counter(label: "cases_ended", dimensions: [("state", state.rawValue)]).increment()
    }
}
