import Contracts
import Foundation
import Lookup
import NIOCore
import NIOPosix
import RPC
import Storage

/// Exact look-ups of a running Lookup over RPC, 64 in flight, and the same look-ups by SQLite in this process on the same
/// snapshot: `Tests/Benchmarks/Lookup/run exact-lookup [DATA FOLDER] [LOOKUP ADDRESS:PORT]`. The codes are drawn from a seed out of
/// all billable diagnoses, so that no cache holds the answer.
enum ExactLookup {
    private static let calls = 400_000
    private static let warmUp = 20_000
    private static let inFlight = 64

    static func run(_ arguments: [String]) async throws {
        let folder = arguments.first ?? ".data"
        let address = arguments.count > 1 ? arguments[1] : "127.0.0.1:7101"
        let (_, connection) = try SnapshotStore(dataFolder: folder).directory.openCurrent()
        let codes = try connection.all(
            """
            SELECT c.code, c.key FROM codes c JOIN listings l ON l.id = c.latest JOIN editions e ON e.id = l.edition
            WHERE c.system = 1 AND l.billable = 1 AND e.effective >= 20260101
            """, { _ in }, { (code: $0.text(0), key: $0.text(1)) })
        print("what                                    |  calls/s | p50 µs | p99 µs |  max µs   (\(codes.count) codes)")
        for part in [1, inFlight] {
            try await overRPC(codes.map(\.code), to: address, inFlight: part)
        }
        try raw(codes.map(\.key), connection)
    }

    private static func overRPC(_ codes: [String], to address: String, inFlight: Int) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let channel = Client(to: address, group: group)
        let client = LookupAPI.Client(channel)
        let executor = LoopCallers(loop: group.next())
        func measure(_ count: Int) async throws -> [Int64] {
            try await withThrowingTaskGroup(of: [Int64].self) { tasks in
                for caller in 0..<inFlight {
                    tasks.addTask(executorPreference: executor) {
                        var places = Places(seed: UInt64(caller + 1), count: codes.count)
                        var times: [Int64] = []
                        times.reserveCapacity(count / inFlight)
                        for _ in 0..<count / inFlight {
                            let begun = DispatchTime.now().uptimeNanoseconds
                            _ = try await client.getCode(.init(system: "icd10cm", code: codes[places.next()]))
                            times.append(Int64(DispatchTime.now().uptimeNanoseconds - begun))
                        }
                        return times
                    }
                }
                return try await tasks.reduce(into: []) { $0 += $1 }
            }
        }
        _ = try await measure(warmUp)
        let begun = ContinuousClock.now
        let times = try await measure(inFlight == 1 ? calls / 10 : calls)
        report("GetCode over RPC, \(inFlight) in flight", times, (ContinuousClock.now - begun) / .seconds(1))
        await channel.close()
        try await group.shutdownGracefully()
    }

    private static func raw(_ keys: [String], _ connection: SnapshotConnection) throws {
        var places = Places(seed: 1, count: keys.count)
        func one() throws -> Int {
            let key = keys[places.next()]
            return try connection.first(
                """
                SELECT c.code, l.title, l.billable, l.added, l.retired, l.edition FROM codes c
                JOIN listings l ON l.id = c.latest WHERE c.system = 1 AND c.key = ?
                """, { $0.bind(1, key) }, { $0.text(0).utf8.count + $0.text(1).utf8.count + $0.int(2) }) ?? 0
        }
        var bytes = 0
        for _ in 0..<warmUp { bytes += try one() }
        var times: [Int64] = []
        let begun = ContinuousClock.now
        for _ in 0..<calls {
            let start = DispatchTime.now().uptimeNanoseconds
            bytes += try one()
            times.append(Int64(DispatchTime.now().uptimeNanoseconds - start))
        }
        report("SQLite in this process, one thread", times, (ContinuousClock.now - begun) / .seconds(1))
        guard bytes > 0 else { return print("nothing was read") }
    }

    private static func report(_ name: String, _ times: [Int64], _ seconds: Double) {
        let sorted = times.sorted()
        func micros(_ part: Double) -> Double { Double(sorted[Int(Double(sorted.count - 1) * part)]) / 1_000 }
        print(
            name.padding(toLength: 39, withPad: " ", startingAt: 0)
                + String(
                    format: " | %8.0f | %6.1f | %6.1f | %7.0f", Double(times.count) / seconds, micros(0.5),
                    micros(0.99),
                    micros(1)))
    }
}

/// Places of a list, the same for the same seed.
struct Places {
    private var state: UInt64
    private let count: Int

    init(seed: UInt64, count: Int) {
        state = seed &* 0x9e37_79b9_7f4a_7c15
        self.count = count
    }

    mutating func next() -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % count
    }
}

/// Runs callers on their client's event loop.
final class LoopCallers: TaskExecutor {
    private let loop: any EventLoop

    init(loop: any EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
