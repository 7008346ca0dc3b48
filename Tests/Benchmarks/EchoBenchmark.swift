import Contracts
import Foundation
import Logging
import NIOCore
import NIOPosix
import RPC

/// A unary echo of 64 bytes, protobuf-c on both sides: server and client are two processes on 127.0.0.1, one event loop each.
enum EchoBenchmark {
    static let echo = Method(fullName: "bench.Echo/Echo", id: Method.id(of: "bench.Echo/Echo"), isIdempotent: true)
    static let message = CommonAPI.CodeReference(title: String(repeating: "x", count: 62))

    static let stream = Method(
        fullName: "bench.Echo/Stream", id: Method.id(of: "bench.Echo/Stream"), isIdempotent: true,
        shape: .serverStreaming)

    /// Echoes on one event loop; a stream repeats its request's title as often as its code says.
    static func server() -> Server {
        let route = Route(echo) {
            (request: CommonAPI.CodeReference, _) async throws(ServiceError) -> CommonAPI.CodeReference in request
        }
        let streaming = Route(serverStreaming: stream) {
            (request: CommonAPI.CodeReference, replies: ReplyWriter<CommonAPI.CodeReference>, _)
                async throws(ServiceError) in
            let reply = CommonAPI.CodeReference(title: request.title)
            for _ in 0..<(Int(request.code) ?? 0) { try await replies.write(reply) }
        }
        var limits = Limits()
        limits.drainGrace = .milliseconds(100)
        return Server(
            configuration: ServerConfiguration(name: "Echo", limits: limits), routes: [route, streaming],
            group: MultiThreadedEventLoopGroup(numberOfThreads: 1), logger: quiet)
    }

    /// The server process: prints its port, then its own CPU seconds whenever it is asked.
    static func serve() async throws {
        let server = server()
        print(try await server.start(host: "127.0.0.1", port: 0))
        fflush(nil)
        while let line = readLine() {
            if line == "cpu" {
                print(cpuSeconds())
                fflush(nil)
            }
        }
    }

    static func run() async throws {
        let server = try ServerProcess(arguments: ["rpc-serve"])
        defer { server.stop() }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let client = Client(to: "127.0.0.1:\(try server.readInt())", group: group)
        print("in flight |  calls/s | p50 µs | p99 µs | server CPU µs per call")
        for inFlight in [1, 64, 256] {
            _ = try await measure(client, group: group, inFlight: inFlight, calls: 5000)
            let before = try server.cpu()
            let calls = inFlight == 1 ? 40_000 : 400_000
            let begun = ContinuousClock.now
            var times = try await measure(client, group: group, inFlight: inFlight, calls: calls)
            let seconds = (ContinuousClock.now - begun) / .seconds(1)
            let cpu = (try server.cpu() - before) * 1e6 / Double(times.count)
            times.sort()
            let p50 = Double(times[times.count / 2]) / 1000
            let p99 = Double(times[times.count * 99 / 100]) / 1000
            print(
                String(
                    format: "%9d | %8.0f | %6.1f | %6.1f | %.2f", inFlight, Double(times.count) / seconds, p50, p99, cpu
                ))
        }
    }

    /// Nanoseconds of each call. The callers are tasks on the client's own event loop.
    private static func measure(
        _ client: Client, group: MultiThreadedEventLoopGroup, inFlight: Int, calls: Int
    ) async throws -> [Int64] {
        let executor = EventLoopExecutor(loop: group.next())
        return try await withThrowingTaskGroup(of: [Int64].self) { tasks in
            for _ in 0..<inFlight {
                tasks.addTask(executorPreference: executor) {
                    var times: [Int64] = []
                    times.reserveCapacity(calls / inFlight)
                    for _ in 0..<calls / inFlight {
                        let begun = DispatchTime.now().uptimeNanoseconds
                        let _: CommonAPI.CodeReference = try await client.call(echo, message, options: CallOptions())
                        times.append(Int64(DispatchTime.now().uptimeNanoseconds - begun))
                    }
                    return times
                }
            }
            return try await tasks.reduce(into: []) { $0 += $1 }
        }
    }

    static var quiet: Logger {
        var logger = Logger(label: "benchmark")
        logger.logLevel = .critical
        return logger
    }

    /// CPU time of this process, user and system.
    static func cpuSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// Runs the callers on the client's event loop.
final class EventLoopExecutor: TaskExecutor {
    private let loop: any EventLoop
    init(loop: any EventLoop) { self.loop = loop }
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
