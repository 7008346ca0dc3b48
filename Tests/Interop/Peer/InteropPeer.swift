import Foundation
import InteropCases
import Logging
import RPC

/// This project's side of the interop list as a program, for the independent implementation beside it.
///
/// `InteropPeer serve` prints its port and serves until standard input ends; `InteropPeer client PORT [CASE …]` runs the list against the
/// server on that port.
@main
struct InteropPeer {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        switch arguments.first {
        case "serve" where arguments.count == 1: try await serve()
        case "client":
            guard let port = arguments.dropFirst().first.flatMap(Int.init) else { exit(64) }
            let names = arguments.dropFirst(2)
            let cases = names.compactMap(InteropCase.init)
            guard cases.count == names.count else {
                print("the cases are: \(InteropCase.allCases.map(\.rawValue).joined(separator: ", "))")
                exit(64)
            }
            exit(await run(cases.isEmpty ? InteropCase.allCases : cases, port: port) == 0 ? 0 : 1)
        default: exit(64)
        }
    }

    private static func serve() async throws {
        var logger = Logger(label: "interop")
        logger.logLevel = .critical
        var limits = Limits()
        limits.drainGrace = .milliseconds(100)
        let server = Server(
            configuration: ServerConfiguration(name: "Interop", limits: limits), routes: InteropService.routes,
            logger: logger)
        print(try await server.start(host: "127.0.0.1", port: 0))
        fflush(nil)
        while readLine() != nil {}
        await server.drain()
    }

    /// Each case on a client of its own; the number of those that failed.
    private static func run(_ cases: [InteropCase], port: Int) async -> Int {
        var failed = 0
        for each in cases {
            let client = Client(to: "127.0.0.1:\(port)")
            do {
                try await each.run(client)
                print("passed \(each.rawValue)")
            } catch {
                failed += 1
                print("FAILED \(each.rawValue): \(error)")
            }
            await client.close()
        }
        return failed
    }
}
