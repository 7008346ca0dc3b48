import Foundation
import RPC

/// Figures that anyone can run again: `Tests/Benchmarks/run NAME`. Each prints one table row a line.
@main
struct Benchmarks {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch arguments.first {
        case "rpc-serve": try await EchoBenchmark.serve()
        case "rpc-echo": try await EchoBenchmark.run()
        case "desk": try await DeskBenchmark.run(Array(arguments.dropFirst()))
        case "claim-check": try await ClaimBenchmark.run(Array(arguments.dropFirst()))
        case "pairs-import": try PairsImportBenchmark.run(Array(arguments.dropFirst()))
        default:
            print(
                "usage: Tests/Benchmarks/run rpc-echo | desk [HTTP ADDRESS:PORT] [LOOKUP ADDRESS:PORT]"
                    + " | claim-check [LOOKUP ADDRESS:PORT] | pairs-import [ROWS]")
            exit(2)
        }
    }
}
