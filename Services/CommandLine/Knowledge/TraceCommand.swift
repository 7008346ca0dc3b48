import ArgumentParser
import Contracts
import RPC

/// `codingahead trace`: how an answer came about: reading, tools, passages, editions, checks.
struct TraceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace", abstract: "Show how an answer came about.",
        discussion: "The id stands under each answer. Questions that held patient data leave no trace.")

    @Argument(help: "The trace id, 32 hexadecimal digits.")
    var id: String

    func run() async throws {
        let request = AssistantAPI.TraceRequest(traceId: id)
        try await AssistantLink.with { channel, options throws(ServiceError) in
            let trace = try await AssistantAPI.Client(channel).getTrace(request, options: options)
            Output.say(Self.text(of: trace))
        }
    }

    static func text(of trace: AssistantAPI.Trace) -> String {
        var lines = ["asked \(trace.askedAt), worded by \(trace.wordedBy), \(trace.tookMicros) µs", trace.question, ""]
        lines += trace.reading.map { "read as   \($0)" }
        lines += trace.steps.map { "tool      \($0.tool) “\($0.about)”: \($0.outcome), \($0.tookMicros) µs" }
        for evidence in trace.evidence {
            let source = evidence.source ?? CommonAPI.Source()
            lines.append(
                "evidence  [\(evidence.n)] \(evidence.title) (\(source.name) \(source.edition), \(source.file))")
        }
        for check in trace.checks {
            lines.append("\(check.verdict == "kept" ? "kept     " : "cut      ") \(check.sentence)")
            if !check.reason.isEmpty { lines.append("          because \(check.reason)") }
        }
        return lines.joined(separator: "\n")
    }
}
