import Foundation
import Lookup

/// Figures of search and case-to-code, in this process: `Tests/Benchmarks/Lookup/run NAME [DATA FOLDER] [SHARED DATA]`.
///
/// The data folder holds pulled sources (`codingahead data pull`) and, for latency, a published snapshot.
@main
struct LookupBenchmark {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let data = arguments.count > 1 ? arguments[1] : ".data"
        let shared = arguments.count > 2 ? arguments[2] : "../shared/data"
        switch arguments.first {
        case "search-relevance": try await SearchRelevance.run(data: data, shared: shared)
        case "case-relevance":
            try await CaseRelevance.run(
                data: data, shared: shared, dump: arguments.count > 3 ? arguments[3] : nil)
        case "search-latency": try await SearchLatency.run(data: data, shared: shared)
        case "claim-check": try await ClaimBenchmark.run(Array(arguments.dropFirst()))
        case "pairs-import": try PairsImportBenchmark.run(Array(arguments.dropFirst()))
        case "import":
            // For figures of the search alone: all sets from a folder of pulled sources into another data folder.
            _ = try LookupUnderTest.importing(from: data, into: shared, systems: nil, withholding: false)
        default:
            print("usage: Tests/Benchmarks/Lookup/run NAME [ARGUMENT ...]")
            print("  search-relevance | search-latency | case-relevance [DATA] [SHARED DATA] [DUMP]")
            print("  import [FROM] [TO] | claim-check [LOOKUP ADDRESS:PORT] | pairs-import [ROWS]")
            exit(2)
        }
    }
}
