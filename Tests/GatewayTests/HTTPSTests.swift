import Foundation
import Hummingbird
import HummingbirdTesting
import Runtime
import Testing

@testable import Gateway

@Suite("The public port with certificates")
struct HTTPSTests {
    private static let curl = "/usr/bin/curl"

    @Test(
        "HTTP/2 and HTTP/1.1 over TLS on one port, and nothing without TLS",
        .enabled(if: FileManager.default.isExecutableFile(atPath: curl), "needs curl"))
    func versions() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "https-\(UUID().uuidString)")
        defer {
            do { try FileManager.default.removeItem(at: folder) } catch { print("left behind: \(folder.path)") }
        }
        _ = try CertificateFolder(folder.path).make(hosts: ["localhost"], lifetime: 86_400)
        let certificates = folder.appending(path: "gateway").path
        let desk = Desk(origin: "https://localhost", certificates: certificates)
        try await desk.application().test(.live) { client in
            let port = try #require(client.port)
            let address = "https://localhost:\(port)/livez"
            let trust = ["--cacert", "\(certificates)/ca.crt"]
            #expect(try await Self.ask(trust + ["--http2", address]) == "200 2")
            #expect(try await Self.ask(trust + ["--http1.1", address]) == "200 1.1")
            #expect(try await Self.ask(trust + ["--tls-max", "1.1", address]).hasPrefix("000"))
            #expect(try await Self.ask(["http://localhost:\(port)/livez"]).hasPrefix("000"))
        }
    }

    /// Status and HTTP version of an answer; status 000 when there was none.
    private static func ask(_ arguments: [String]) async throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: curl)
        process.arguments =
            ["--silent", "--max-time", "5", "--output", "/dev/null", "--write-out", "%{http_code} %{http_version}"]
            + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        let ended = AsyncStream<Void>.makeStream()
        process.terminationHandler = { _ in ended.continuation.finish() }
        try process.run()
        for await _ in ended.stream {}
        return String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }
}
