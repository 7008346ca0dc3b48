import Contracts
import Foundation
import NIOCore
import RPC
import Testing
import Wire

/// Many hostile peers at once beside one honest client: its calls are served and the memory comes back.
@Suite struct HostileLoadTests {
    /// Megabytes of this process that are in memory.
    private static func resident() throws -> Int {
        let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")[1]
        return (Int(pages) ?? 0) * 4096 / 1_048_576
    }

    @Test func `hundreds of hostile peers hold up no honest call and leave no memory behind`() async throws {
        var limits = Limits()
        limits.handshake = .seconds(2)
        limits.partialFrame = .seconds(2)
        try await withServer(routes: EchoService.routes(), limits: limits) { server, port in
            let client = Client(to: "127.0.0.1:\(port)")
            try await LifecycleTests.echo(client)
            try await Self.attack(port)
            let before = try Self.resident()
            let honest = Task {
                var slowest = Duration.zero
                while !Task.isCancelled {
                    let begun = ContinuousClock.now
                    try await LifecycleTests.echo(client)
                    slowest = max(slowest, .now - begun)
                }
                return slowest
            }
            for _ in 0..<5 { try await Self.attack(port) }
            honest.cancel()
            do {
                // Generous: the machine that runs tests is crowded.
                #expect(try await honest.value < .seconds(2))
            } catch let error as ServiceError {
                #expect(error.kind == .cancelled)
            }
            // The client has one for each event loop.
            try await eventually { server.connectionCount <= System.coreCount }
            let after = try Self.resident()
            #expect(after - before < 64, "\(before) MiB before, \(after) MiB after")
            await client.close()
        }
    }

    /// Every breach, silence, half frames, and requests that never become whole, all at once.
    private static func attack(_ port: Int) async throws {
        let header = HostileFrameTests.echo
        let half = HostilePeerTests.frame(
            0x10, flags: 2, header: header, stream: 1, payload: [UInt8](repeating: 0x78, count: 60_000))
        let more = HostilePeerTests.frame(0x11, flags: 2, stream: 1, payload: [UInt8](repeating: 0x78, count: 60_000))
        var attacks = HostilePeerTests.breaches.map(\.1)
        attacks += [[], Array(FrameDecoder.preface.prefix(5)), HostilePeerTests.greeting + half + more + more + [1]]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for bytes in attacks + attacks {
                group.addTask {
                    let peer = try await RawPeer(port: port)
                    try await peer.send(bytes)
                    try await peer.untilClosed()
                }
            }
            try await group.waitForAll()
        }
    }
}
