import Contracts
import Foundation
import NIOCore
import NIOPosix
import RPC

/// brpc's rule: when one call in a hundred sleeps 5 ms, the 99th percentile of the others must not move. `Tests/Benchmarks/run rpc-tail`.
///
/// 32 callers on one connection, each in a closed loop; rounds without and with sleepers take turns.
enum TailBenchmark {
    static func run() async throws {
        let server = try ServerProcess(arguments: ["rpc-stress-serve"])
        defer { server.stop() }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let client = Client(to: "127.0.0.1:\(try server.readInt())", group: group)
        _ = try await round(client, group, sleepers: 0)
        var p50 = [[Double]](repeating: [], count: 2)
        var p99 = [[Double]](repeating: [], count: 2)
        for _ in 0..<5 {
            for (index, sleepers) in [0, 1].enumerated() {
                let times = try await round(client, group, sleepers: sleepers)
                p50[index].append(times[times.count / 2])
                p99[index].append(times[times.count * 99 / 100])
            }
        }
        print("calls that sleep 5 ms | p50 µs of the others | p99 µs of the others | p99 of each round")
        for (index, name) in ["none", "1 %"].enumerated() {
            let rounds = p99[index].map { String(format: "%.0f", $0) }.joined(separator: " ")
            print(
                name.padding(toLength: 21, withPad: " ", startingAt: 0)
                    + String(format: " | %20.0f | %20.0f | ", median(p50[index]), median(p99[index])) + rounds)
        }
        await client.close()
    }

    private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    /// Microseconds of the calls that did not sleep, in order.
    private static func round(
        _ client: Client, _ group: MultiThreadedEventLoopGroup, sleepers percent: Int
    ) async throws -> [Double] {
        let executor = EventLoopExecutor(loop: group.next())
        let asleep = CommonAPI.CodeReference(code: "5")
        return try await withThrowingTaskGroup(of: [Double].self) { tasks in
            for caller in 0..<32 {
                tasks.addTask(executorPreference: executor) {
                    var times: [Double] = []
                    for number in 0..<3000 {
                        let sleeps = percent > 0 && (number + caller * 31) % 100 < percent
                        let begun = DispatchTime.now().uptimeNanoseconds
                        let _: CommonAPI.CodeReference = try await client.call(
                            StressServer.sleep, sleeps ? asleep : EchoBenchmark.message, options: CallOptions())
                        if !sleeps { times.append(Double(DispatchTime.now().uptimeNanoseconds - begun) / 1000) }
                    }
                    return times
                }
            }
            return try await tasks.reduce(into: []) { $0 += $1 }.sorted()
        }
    }
}
