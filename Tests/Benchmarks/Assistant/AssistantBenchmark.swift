import Foundation

/// Figures of CasePilot, in this process: `Tests/Benchmarks/Assistant/run NAME [DATA FOLDER] [SHARED DATA]`.
///
/// The data folder holds a published snapshot of Lookup, the shared data the NCCI Policy Manual as text.
@main
struct AssistantBenchmark {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let data = arguments.count > 1 ? arguments[1] : ".data"
        let shared = arguments.count > 2 ? arguments[2] : "../shared/data"
        let desk = try await DeskUnderTest(data: data, shared: shared)
        defer { desk.close() }
        switch arguments.first {
        case "knowledge": try await KnowledgeRelevance.run(desk)
        case "intents": try await IntentRelevance.run(desk)
        default:
            print("usage: Tests/Benchmarks/Assistant/run knowledge | intents [DATA] [SHARED DATA]")
            exit(2)
        }
    }
}
