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
        case "rpc-stress-serve": try await StressServer.serve(Array(arguments.dropFirst()))
        case "rpc-overload": try await OverloadBenchmark.run()
        case "rpc-tail": try await TailBenchmark.run()
        case "rpc-idle": try await IdleBenchmark.run()
        case "rpc-hedge": try await HedgeBenchmark.run()
        case "desk": try await DeskBenchmark.run(Array(arguments.dropFirst()))
        default:
            print("usage: Tests/Benchmarks/run rpc-echo | rpc-peers | rpc-overload | rpc-tail | rpc-idle | rpc-hedge")
            print("       Tests/Benchmarks/run desk [HTTP ADDRESS:PORT] [LOOKUP ADDRESS:PORT]")
            exit(2)
        }
    }
}
