import CMeasure
import Contracts
import Foundation
import NIOCore
import NIOPosix
import RPC

/// The two Swift peers of `Tests/Benchmarks/run rpc-peers`: this project's RPC (`ours`) and frames over bare SwiftNIO (`nio`). The driver
/// starts each as `serve`, which prints its port, and as `load PORT PID IN_FLIGHT SECONDS SIZE`, or ours as
/// `stream PORT PID COUNT SIZE EVERY PAUSE_US`, which prints one line of JSON.
enum PeerLoad {
    struct Arguments {
        var port: Int
        var serverProcess: Int32
        var inFlight: Int
        var seconds: Double
        var size: Int

        init?(_ words: [String]) {
            guard words.count == 5, let port = Int(words[0]), let process = Int32(words[1]),
                let inFlight = Int(words[2]),
                let seconds = Double(words[3]), let size = Int(words[4])
            else { return nil }
            self.port = port
            serverProcess = process
            self.inFlight = inFlight
            self.seconds = seconds
            self.size = size
        }
    }

    struct StreamArguments {
        var port: Int
        var serverProcess: Int32
        var count: Int
        var size: Int
        /// The reader pauses after so many messages.
        var every: Int
        var pause: Duration

        init?(_ words: [String]) {
            let numbers = words.compactMap { Int($0) }
            guard words.count == 6, numbers.count == 6 else { return nil }
            (port, serverProcess) = (numbers[0], Int32(numbers[1]))
            (count, size, every, pause) = (numbers[2], numbers[3], numbers[4], .microseconds(numbers[5]))
        }
    }

    static func run(_ words: [String]) async throws {
        switch (words.first, words.dropFirst().first) {
        case ("ours", "serve"): try await serve()
        case ("nio", "serve"): try await FrameEcho.serve()
        case ("ours", "load"):
            guard let arguments = Arguments(Array(words.dropFirst(2))) else { exit(64) }
            try await load(arguments)
        case ("ours", "stream"):
            guard let arguments = StreamArguments(Array(words.dropFirst(2))) else { exit(64) }
            try await read(arguments)
        case ("nio", "load"):
            guard let arguments = Arguments(Array(words.dropFirst(2))) else { exit(64) }
            try await FrameEcho.load(arguments)
        default: exit(64)
        }
    }

    /// Serves until it is killed.
    private static func serve() async throws {
        let server = EchoBenchmark.server()
        print(try await server.start(host: "127.0.0.1", port: 0))
        fflush(nil)
        while true { try await Task.sleep(for: .seconds(3600)) }
    }

    /// The callers are tasks on the client's one event loop, as a program's own handlers are.
    private static func load(_ arguments: Arguments) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let client = Client(to: "127.0.0.1:\(arguments.port)", group: group)
        let executor = EventLoopExecutor(loop: group.next())
        let message = CommonAPI.CodeReference(title: String(repeating: "x", count: arguments.size))
        measure_begin(arguments.serverProcess, arguments.seconds)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for _ in 0..<arguments.inFlight {
                tasks.addTask(executorPreference: executor) {
                    var isMore = true
                    while isMore {
                        let begun = measure_now()
                        let _: CommonAPI.CodeReference = try await client.call(
                            EchoBenchmark.echo, message, options: CallOptions())
                        isMore = measure_record(begun)
                    }
                }
            }
            try await tasks.waitForAll()
        }
        measure_print()
    }

    /// One stream, read with pauses.
    private static func read(_ arguments: StreamArguments) async throws {
        let client = Client(to: "127.0.0.1:\(arguments.port)", group: MultiThreadedEventLoopGroup(numberOfThreads: 1))
        let request = CommonAPI.CodeReference(
            code: String(arguments.count), title: String(repeating: "x", count: arguments.size))
        measure_stream_begin(arguments.serverProcess)
        var read = 0
        let replies: Replies<CommonAPI.CodeReference> = client.replies(
            EchoBenchmark.stream, request, options: CallOptions(timeout: .seconds(600)))
        for try await _ in replies {
            read += 1
            if read % arguments.every == 0 { try await Task.sleep(for: arguments.pause) }
        }
        measure_stream_end(UInt64(read))
        if read != arguments.count { exit(1) }
    }
}
