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
        case "peer": try await PeerLoad.run(Array(arguments.dropFirst()))
        case "desk": try await DeskBenchmark.run(Array(arguments.dropFirst()))
        default:
            print("usage: Tests/Benchmarks/run rpc-echo | rpc-peers | desk [HTTP ADDRESS:PORT] [LOOKUP ADDRESS:PORT]")
            exit(2)
        }
    }
}
