import NIOCore
import NIOHTTP1
import Runtime
import Testing

@Suite("The operations port")
struct OperationsTests {
    private let readiness = Readiness()

    /// A running port on a free number, for as long as the body runs.
    private func serving<Result>(_ body: (HostPort) async throws -> Result) async throws -> Result {
        let pages = OperationsPages(program: .lookup, readiness: readiness, metrics: MetricsRegistry())
        let server = OperationsServer(address: HostPort(host: "127.0.0.1", port: 0), pages: pages)
        let channel = try await server.start()
        let port = try #require(channel.localAddress?.port)
        let result = try await body(HostPort(host: "127.0.0.1", port: port))
        try await channel.close()
        return result
    }

    @Test("It says live, ready or not ready and why, and metrics")
    func pages() async throws {
        try await serving { address in
            let probe = OperationsProbe(address: address)
            #expect(try await probe.get("/livez").status == .ok)
            #expect(try await probe.get("/readyz?verbose").status == .ok)
            readiness.require("store")
            let waiting = try await probe.get("/readyz")
            #expect(waiting.status == .serviceUnavailable && waiting.body == "store: starting\n")
            let metrics = try await probe.get("/metrics")
            #expect(metrics.body.contains("process_resident_memory_bytes "))
            #expect(metrics.body.contains("codingahead_build_info{program=\"Lookup\""))
            #expect(metrics.body.contains("\ncodingahead_ready 0\n"), "the store is starting")
            #expect(metrics.body.contains("\nprocess_start_time_seconds 1"))
            #expect(metrics.body.contains("\nprocess_max_fds "))
            #expect(try await probe.get("/other").status == .notFound)
        }
    }

    @Test(
        "Other methods, long targets, bodies and noise are refused",
        arguments: [
            ("POST /livez HTTP/1.1\r\nhost: a\r\n\r\n", "HTTP/1.1 405 "),
            ("GET /" + String(repeating: "x", count: 300) + " HTTP/1.1\r\nhost: a\r\n\r\n", "HTTP/1.1 414 "),
            ("GET /livez HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\n\r\nx", "HTTP/1.1 413 "),
            ("HEAD /livez HTTP/1.1\r\nhost: a\r\n\r\n", "HTTP/1.1 200 "),
            ("\u{0}\u{1}\u{2} noise\r\n\r\n", "HTTP/1.1 400 "),
        ])
    func refused(request: String, start: String) async throws {
        let answer = try await serving { try await RawSocket.exchange(request, with: $0) }
        #expect(answer.hasPrefix(start), "\(answer)")
        if request.hasPrefix("HEAD") { #expect(answer.hasSuffix("\r\n\r\n")) }
    }
}
