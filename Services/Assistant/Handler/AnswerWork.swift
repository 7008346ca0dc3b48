import RPC

/// One question at work: what its tools found so far, and the steps that they took.
final class AnswerWork {
    /// Told of each step as it ends.
    let progress: (AnswerStep) async throws(ServiceError) -> Void
    let on: String
    let licensed: Bool
    let options: CallOptions
    var draft = Draft()
    var steps: [AnswerStep] = []
    /// Quoting what the asker wrote, so no check of ours applies.
    var notices: [String] = []
    private var records: [String: CodeRecord?] = [:]

    init(
        on: String, licensed: Bool, options: CallOptions,
        progress: @escaping (AnswerStep) async throws(ServiceError) -> Void
    ) {
        self.on = on
        self.licensed = licensed
        self.options = options
        self.progress = progress
    }

    /// Runs a tool and notes how it went.
    /// - Parameter found: whether what came back says anything.
    func step<Value>(
        _ tool: String, _ about: String, found: (Value) -> Bool,
        _ body: () async throws(ServiceError) -> Value
    ) async throws(ServiceError) -> Value {
        let start = ContinuousClock.now
        var step = AnswerStep(tool: tool, about: about)
        do {
            let value = try await body()
            step.outcome = found(value) ? "found" : "nothing"
            step.tookMicros = start.duration(to: .now).micros
            steps.append(step)
            try await progress(step)
            return value
        } catch {
            step.outcome = "failed"
            step.tookMicros = start.duration(to: .now).micros
            steps.append(step)
            throw error
        }
    }

    /// The record of a mention, asked for once.
    func record(_ mention: CodeMention, _ tools: LookupTools) async throws(ServiceError) -> CodeRecord? {
        if let known = records[mention.text] { return known }
        let (on, licensed, options) = (on, licensed, options)
        var record = try await step("code", mention.text, found: { $0 != nil }) { () throws(ServiceError) in
            try await tools.code(mention, on: on, licensed: licensed, options: options)
        }
        if record == nil, !on.isEmpty {
            record = try await tools.code(mention, on: "", licensed: licensed, options: options)
            if record != nil {
                notices.append(
                    "No loaded edition lists \(mention.text) on \(on); what follows is the newest that does.")
            }
        }
        records[mention.text] = .some(record)
        return record
    }
}

extension Duration {
    /// In microseconds.
    var micros: Int {
        Int(components.seconds) * 1_000_000 + Int(components.attoseconds / 1_000_000_000_000)
    }
}
