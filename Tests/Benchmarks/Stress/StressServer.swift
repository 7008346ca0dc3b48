import Contracts
import Foundation
import Logging
import NIOCore
import NIOPosix
import RPC

/// The server process of the stress benchmarks: one event loop; a handler that burns 200 µs of CPU in place, one that burns them on a thread
/// of its own, and one that sleeps as long as it is told.
enum StressServer {
    static let burn = Method(fullName: "bench.Stress/Burn", id: Method.id(of: "bench.Stress/Burn"), isIdempotent: true)
    static let burnElsewhere = Method(
        fullName: "bench.Stress/BurnElsewhere", id: Method.id(of: "bench.Stress/BurnElsewhere"), isIdempotent: true)
    static let sleep = Method(
        fullName: "bench.Stress/Sleep", id: Method.id(of: "bench.Stress/Sleep"), isIdempotent: true)

    /// Prints its port, then CPU seconds or resident KiB whenever it is asked.
    ///
    /// - Parameter arguments: "adaptive": the limit of calls in flight adapts itself.
    static func serve(_ arguments: [String]) async throws {
        let worker = NIOThreadPool(numberOfThreads: 1)
        worker.start()
        let configuration = ServerConfiguration(name: "Stress", adaptsInFlight: arguments.contains("adaptive"))
        let server = Server(
            configuration: configuration, routes: routes(worker: worker),
            group: MultiThreadedEventLoopGroup(numberOfThreads: 1), logger: EchoBenchmark.quiet)
        print(try await server.start(host: "127.0.0.1", port: 0))
        fflush(nil)
        while let line = readLine() {
            switch line {
            case "cpu": print(EchoBenchmark.cpuSeconds())
            case "kib": print(residentKiB())
            default: continue
            }
            fflush(nil)
        }
    }

    private static func routes(worker: NIOThreadPool) -> [Route] {
        [
            Route(burn) { (request: CommonAPI.CodeReference, _) async throws(ServiceError) -> CommonAPI.CodeReference in
                spin()
                return request
            },
            Route(burnElsewhere) {
                (request: CommonAPI.CodeReference, _) async throws(ServiceError) -> CommonAPI.CodeReference in
                do { try await worker.runIfActive { spin() } } catch {
                    throw ServiceError(.cancelled, "the worker did not run it")
                }
                return request
            },
            Route(sleep) {
                (request: CommonAPI.CodeReference, context) async throws(ServiceError) -> CommonAPI.CodeReference in
                // A second try finds the page warm.
                guard let milliseconds = Int(request.code), milliseconds > 0, context.attempt == 0 else {
                    return request
                }
                do { try await Task.sleep(for: .milliseconds(milliseconds)) } catch {
                    throw ServiceError(.cancelled, "woken")
                }
                return request
            },
        ]
    }

    /// 200 µs of this thread's CPU.
    private static func spin() {
        let end = threadNanoseconds() + 200_000
        while threadNanoseconds() < end {}
    }

    private static func threadNanoseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// VmRSS of this process (proc(5)).
    private static func residentKiB() -> Double {
        guard let status = FileManager.default.contents(atPath: "/proc/self/status") else { return 0 }
        let line = String(decoding: status, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line.flatMap { Double($0.split(separator: " ")[1]) } ?? 0
    }
}
