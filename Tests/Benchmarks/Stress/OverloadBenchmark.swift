import Contracts
import Foundation
import NIOCore
import NIOPosix
import RPC
import Synchronization

/// Five times more calls than a server can run, each with 250 ms to go: how many are answered in time, and how soon all is well afterwards.
/// `Tests/Benchmarks/run rpc-overload`.
///
/// Calls come in an open loop, as from people who do not wait for each other. The peak is what 64 callers in a closed loop get.
enum OverloadBenchmark {
    private struct Outcome {
        var begun: ContinuousClock.Instant
        var ended: ContinuousClock.Instant
        var isAnswered: Bool
        var kind: ServiceError.Kind?
    }

    static func run() async throws {
        print(
            "handler                      |  peak/s | offered/s | goodput/s | of peak | refused/s | late/s | p99 ms | recovery s"
        )
        try await measure("in place", StressServer.burn, server: [])
        try await measure("on a thread", StressServer.burnElsewhere, server: [])
        try await measure("on a thread, adaptive limit", StressServer.burnElsewhere, server: ["adaptive"])
    }

    private static func measure(_ name: String, _ method: RPC.Method, server arguments: [String]) async throws {
        let server = try ServerProcess(arguments: ["rpc-stress-serve"] + arguments)
        defer { server.stop() }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let executor = EventLoopExecutor(loop: group.next())
        let client = Client(to: "127.0.0.1:\(try server.readInt())", group: group)
        _ = await closed(client, method, executor, seconds: 1)
        let peak = Double(await closed(client, method, executor, seconds: 4)) / 4
        let begun = ContinuousClock.now
        let overload = await open(client, method, executor, rate: 5 * peak, seconds: 6)
        let calm = await open(client, method, executor, rate: 0.5 * peak, seconds: 4)
        // The first second fills the queues.
        let steady = overload.filter { $0.begun > begun + .seconds(1) && $0.begun < begun + .seconds(6) }
        let good = steady.filter(\.isAnswered)
        let goodput = Double(good.count) / 5
        var times = good.map { ($0.ended - $0.begun) / .milliseconds(1) }.sorted()
        if times.isEmpty { times = [0] }
        let refused = Double(steady.filter { $0.kind == .resourceExhausted }.count) / 5
        let late = Double(steady.filter { $0.kind == .deadlineExceeded }.count) / 5
        print(
            name.padding(toLength: 28, withPad: " ", startingAt: 0)
                + String(
                    format: " | %7.0f | %9.0f | %9.0f | %5.0f %% | %9.0f | %6.0f | %6.1f | %.2f", peak, 5 * peak,
                    goodput,
                    100 * goodput / peak, refused, late, times[times.count * 99 / 100], recovery(calm)))
        await client.close()
    }

    /// Seconds from the end of the overload until every later call was answered within 20 ms.
    private static func recovery(_ calm: [Outcome]) -> Double {
        guard let begun = calm.map(\.begun).min() else { return 0 }
        let bad = calm.filter { !$0.isAnswered || $0.ended - $0.begun > .milliseconds(20) }
        // One slow call in a thousand is the machine, not the overload.
        let sorted = bad.map { ($0.begun - begun) / .seconds(1) }.sorted()
        let counted = sorted.dropLast(calm.count / 1000)
        return counted.last ?? 0
    }

    private static func call(_ client: Client, _ method: RPC.Method) async -> Outcome {
        let begun = ContinuousClock.now
        do throws(ServiceError) {
            let _: CommonAPI.CodeReference = try await client.call(
                method, EchoBenchmark.message, options: CallOptions(timeout: .milliseconds(250)))
            return Outcome(begun: begun, ended: .now, isAnswered: true)
        } catch {
            return Outcome(begun: begun, ended: .now, isAnswered: false, kind: error.kind)
        }
    }

    /// Calls that were answered.
    private static func closed(
        _ client: Client, _ method: RPC.Method, _ executor: EventLoopExecutor, seconds: Int
    ) async -> Int {
        let end = ContinuousClock.now + .seconds(seconds)
        return await withTaskGroup(of: Int.self) { tasks in
            for _ in 0..<64 {
                tasks.addTask(executorPreference: executor) {
                    var answered = 0
                    while ContinuousClock.now < end {
                        if await call(client, method).isAnswered { answered += 1 }
                    }
                    return answered
                }
            }
            return await tasks.reduce(0, +)
        }
    }

    private static func open(
        _ client: Client, _ method: RPC.Method, _ executor: EventLoopExecutor, rate: Double, seconds: Int
    ) async -> [Outcome] {
        let outcomes = Outcomes()
        await withDiscardingTaskGroup { tasks in
            let begun = ContinuousClock.now
            var sent = 0
            while true {
                let elapsed = (ContinuousClock.now - begun) / .seconds(1)
                if elapsed >= Double(seconds) { break }
                let due = Int(elapsed * rate)
                while sent < due {
                    sent += 1
                    tasks.addTask(executorPreference: executor) {
                        let outcome = await call(client, method)
                        outcomes.add(outcome)
                    }
                }
                do { try await Task.sleep(for: .milliseconds(1)) } catch { break }
            }
        }
        return outcomes.all
    }

    /// What tasks found.
    private final class Outcomes: Sendable {
        private let list = Mutex<[Outcome]>([])
        var all: [Outcome] { list.withLock { $0 } }
        func add(_ outcome: Outcome) { list.withLock { $0.append(outcome) } }
    }
}
