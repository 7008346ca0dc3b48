import Contracts
import Foundation
import NIOCore
import NIOPosix
import RPC

/// Whether a second copy of a slow read, sent to another server, is worth its load. `Tests/Benchmarks/run rpc-hedge`.
///
/// Three servers; one call in a hundred sleeps 20 ms wherever it goes (a cold page), or one of the servers is stopped for a part of the
/// round. The copy is made here, over the client as it is, when a call takes longer than 2 ms, which is above the 95th percentile.
enum HedgeBenchmark {
    private static let delay = Duration.milliseconds(2)

    static func run() async throws {
        print("trouble           | copies | p50 µs | p99 µs | p99.9 µs | longest ms | calls sent per call")
        for trouble in ["1 % sleep 20 ms", "a server stopped"] {
            for copies in [false, true] { try await measure(trouble, copies: copies) }
        }
    }

    private static func measure(_ trouble: String, copies: Bool) async throws {
        let servers = try (0..<3).map { _ in try ServerProcess(arguments: ["rpc-stress-serve"]) }
        defer { for server in servers { server.stop() } }
        let target = try servers.map { "127.0.0.1:\(try $0.readInt())" }.joined(separator: ",")
        var configuration = ClientConfiguration(target: target)
        configuration.limits.pingAfter = .seconds(2)
        configuration.limits.pingAnswer = .seconds(1)
        if copies { configuration.hedgeAfter = delay }
        let client = Client(configuration: configuration)
        let isStopping = trouble.contains("stopped")
        let counted = try await withThrowingTaskGroup(of: [Double].self) { tasks in
            for caller in 0..<16 {
                tasks.addTask {
                    var times: [Double] = []
                    let end = ContinuousClock.now + .seconds(6)
                    var number = caller * 31
                    while ContinuousClock.now < end {
                        number += 1
                        let sleeps = !isStopping && number % 100 == 0
                        let begun = DispatchTime.now().uptimeNanoseconds
                        try await call(client, sleeps: sleeps)
                        times.append(Double(DispatchTime.now().uptimeNanoseconds - begun) / 1000)
                        try await Task.sleep(for: .milliseconds(1))
                    }
                    return times
                }
            }
            if isStopping {
                try await Task.sleep(for: .seconds(1))
                servers[1].signal(SIGSTOP)
                try await Task.sleep(for: .seconds(3))
                servers[1].signal(SIGCONT)
            }
            return try await tasks.reduce(into: [Double]()) { $0 += $1 }
        }
        let times = counted.sorted()
        print(
            trouble.padding(toLength: 17, withPad: " ", startingAt: 0) + " | "
                + (copies ? "yes   " : "no    ")
                + String(
                    format: " | %6.0f | %6.0f | %8.0f | %10.1f | %.3f", times[times.count / 2],
                    times[times.count * 99 / 100],
                    times[times.count * 999 / 1000], (times.last ?? 0) / 1000,
                    1 + Double(client.hedgedCalls) / Double(times.count)))
        await client.close()
    }

    private static func call(_ client: Client, sleeps: Bool) async throws {
        // A call that sleeps does so on the server that it comes to first: a copy finds the page warm.
        let request = sleeps ? CommonAPI.CodeReference(code: "20") : EchoBenchmark.message
        let _: CommonAPI.CodeReference = try await client.call(
            StressServer.sleep, request, options: CallOptions(timeout: .seconds(10)))
    }
}
