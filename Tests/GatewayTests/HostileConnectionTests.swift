import Gateway
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Connections that mean no good")
struct HostileConnectionTests {
    private static let get = "GET /livez HTTP/1.1\r\nHost: a\r\n\r\n"

    private func limits() -> EdgeLimits {
        var limits = EdgeLimits()
        limits.headTimeout = .milliseconds(400)
        limits.bodyTimeout = .milliseconds(700)
        return limits
    }

    private func exchange(
        _ parts: [String], pause: Duration = .zero, patience: Duration = .seconds(8)
    ) async throws -> (text: String, took: Duration, closed: Bool) {
        try await Desk(limits: limits()).application().test(.live) { client in
            let port = try #require(client.port)
            return try await RawConnection(port: port).exchange(parts, pause: pause, patience: patience)
        }
    }

    @Test("A head that comes byte by byte is cut off after its time")
    func slowHead() async throws {
        let drip = ["GET /livez HTTP/1.1\r\nHost: a\r\n"] + Array(repeating: "X-a: b\r\n", count: 60)
        let result = try await exchange(drip, pause: .milliseconds(50))
        #expect(result.closed && result.took < .seconds(2) && !result.text.contains("200 OK"))
    }

    @Test("A body that comes byte by byte is cut off after its time")
    func slowBody() async throws {
        let head =
            "POST /v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n"
        let result = try await exchange([head] + Array(repeating: " ", count: 60), pause: .milliseconds(50))
        #expect(result.closed && result.took < .seconds(3) && !result.text.contains("200 OK"))
    }

    @Test("A connection that is kept and asks in good time is not cut off")
    func kept() async throws {
        let result = try await exchange(
            [Self.get, Self.get, Self.get, "GET /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"],
            pause: .milliseconds(500))
        #expect(result.text.ranges(of: "200 OK").count == 4)
    }

    @Test(
        "What two parties could read as different requests is refused, and the connection with it",
        arguments: [
            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "Content-Length: 5\r\nContent-Length: 6\r\n",
            "Transfer-Encoding: chunked, identity\r\n", "Transfer-Encoding: xchunked\r\n", "Content-Length: +5\r\n",
            "Content-Length: 5, 6\r\n", "Content-Length : 5\r\n", "Transfer-Encoding : chunked\r\n",
            "X: a\r\n folded\r\n", "X: a\u{0}b\r\n", "Content-Length: -1\r\n", "Host: b\r\n",
        ])
    func smuggling(field: String) async throws {
        let smuggled = "GET /robots.txt HTTP/1.1\r\nHost: a\r\n\r\n"
        let result = try await exchange(
            ["POST /v1/sessions HTTP/1.1\r\nHost: a\r\n\(field)\r\n0\r\n\r\n\(smuggled)"], patience: .seconds(3))
        #expect(!result.text.contains("User-agent"), "\(field): \(result.text)")
        #expect(result.text.hasPrefix("HTTP/1.1 400") || result.text.isEmpty, "\(field): \(result.text)")
    }

    @Test("Heads that are too long, or no heads at all, end in 400 or nothing")
    func nonsense() async throws {
        for text in [
            "GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "a", count: 40_000))\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n\((0..<200).map { "X-\($0): a\r\n" }.joined())\r\n",
            "\u{16}\u{3}\u{1}", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
        ] {
            let result = try await exchange([text], patience: .seconds(3))
            #expect(result.closed)
            #expect(result.text.hasPrefix("HTTP/1.1 400") || result.text.isEmpty, "\(result.text.prefix(200))")
        }
    }
}
