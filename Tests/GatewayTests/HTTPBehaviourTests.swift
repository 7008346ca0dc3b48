import CZlib
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import Gateway

@Suite("HTTP as programs and proxies expect it")
struct HTTPBehaviourTests {
    private static let acceptEncoding = HTTPField.Name("Accept-Encoding")!

    @Test("Texts come in gzip to whoever takes it, under a tag of their own that 304 knows too")
    func gzip() async throws {
        let desk = Desk()
        try await desk.application().test(.router) { client in
            let plain = try await client.execute(uri: "/openapi.json", method: .get)
            let coded = try await client.execute(
                uri: "/openapi.json", method: .get, headers: [Self.acceptEncoding: "br;q=1, gzip;q=0.5"])
            #expect(coded.headers[.contentEncoding] == "gzip")
            #expect(coded.headers[.vary]?.contains("Accept-Encoding") == true)
            #expect(coded.body.readableBytes < plain.body.readableBytes / 3)
            #expect(try Self.inflated(coded.body) == plain.body)
            let tag = try #require(coded.headers[.eTag])
            #expect(tag != plain.headers[.eTag] && tag.hasSuffix("-gzip\""))
            let same = try await client.execute(
                uri: "/openapi.json", method: .get, headers: [Self.acceptEncoding: "gzip", .ifNoneMatch: tag])
            #expect(same.status == .notModified && same.headers[.eTag] == tag)
            for refused in ["gzip;q=0", "identity", "br", "*;q=0"] {
                let reply = try await client.execute(
                    uri: "/openapi.json", method: .get, headers: [Self.acceptEncoding: refused])
                #expect(reply.headers[.contentEncoding] == nil, "\(refused)")
            }
        }
    }

    private static func inflated(_ body: ByteBuffer) throws -> ByteBuffer {
        var stream = z_stream()
        var input = Array(buffer: body)
        var output = [UInt8](repeating: 0, count: 4 * 1024 * 1024)
        try #require(inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK)
        defer { inflateEnd(&stream) }
        let count = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = uInt(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = uInt(output.count)
                return inflate(&stream, Z_FINISH) == Z_STREAM_END ? output.count - Int(stream.avail_out) : 0
            }
        }
        return ByteBuffer(bytes: output.prefix(count))
    }

    @Test("HEAD has the fields of GET and no body")
    func head() async throws {
        try await Desk().visit { browser in
            for path in ["/v1/editions", "/openapi.json", "/"] {
                let get = try await browser.send(path)
                let head = try await browser.send(path, method: .head)
                #expect(head.status == get.status && head.text.isEmpty)
                #expect(head.headers[.contentLength] == get.headers[.contentLength] ?? "\(get.text.utf8.count)")
                #expect(head.headers[.eTag] == get.headers[.eTag])
            }
        }
    }

    @Test("Pages of a listed origin may ask the machine side, without cookies; pages of others may not")
    func crossOrigin() async throws {
        let desk = Desk(crossOrigins: ["https://ehr.example.org"])
        try await desk.visit { browser in
            let preflight: HTTPFields = [
                .origin: "https://ehr.example.org", .accessControlRequestMethod: "DELETE",
            ]
            let allowed = try await browser.send("/v1/me/keys/x", method: .options, headers: preflight)
            #expect(allowed.status == .noContent)
            #expect(allowed.headers[.accessControlAllowOrigin] == "https://ehr.example.org")
            #expect(allowed.headers[.accessControlAllowMethods]?.contains("DELETE") == true)
            #expect(allowed.headers[.accessControlAllowCredentials] == nil)
            let reply = try await browser.send("/v1/search?q=a", headers: [.origin: "https://ehr.example.org"])
            #expect(reply.headers[.accessControlAllowOrigin] == "https://ehr.example.org")
            #expect(reply.headers[.vary]?.contains("Origin") == true)
            let failed = try await browser.send("/v1/nothing", headers: [.origin: "https://ehr.example.org"])
            #expect(failed.headers[.accessControlAllowOrigin] == "https://ehr.example.org")
            for (path, origin) in [
                ("/v1/search?q=a", "https://evil.example.org"), ("/v1/search?q=a", "null"),
                ("/login", "https://ehr.example.org"),
            ] {
                let other = try await browser.send(path, headers: [.origin: origin])
                #expect(other.headers[.accessControlAllowOrigin] == nil)
                let asked = try await browser.send(
                    path, method: .options, headers: [.origin: origin, .accessControlRequestMethod: "GET"])
                #expect(asked.headers[.accessControlAllowOrigin] == nil && asked.status != .noContent)
            }
        }
    }

    @Test("A page of another site changes nothing with somebody's session")
    func foreignPages() async throws {
        try await Desk().visit { browser in
            _ = try await browser.register("ada@example.org")
            let site = HTTPField.Name("Sec-Fetch-Site")!
            for headers: HTTPFields in [
                [site: "cross-site"], [site: "same-site"], [.origin: "https://evil.example.org"],
            ] {
                let reply = try await browser.send("/v1/me/sessions", method: .delete, headers: headers)
                #expect(reply.status == .forbidden && reply.text.contains("foreign_page"))
            }
        }
    }

    @Test("Replies say what is left of the rate; past it a call is 429 until there is one again")
    func rates() async throws {
        let desk = Desk(trustedProxies: ["127.0.0.1"], rates: (3, 2))
        try await desk.application().test(.live) { client in
            let network: HTTPFields = [HTTPField.Name("X-Forwarded-For")!: "203.0.113.9"]
            for left in [2, 1, 0] {
                let reply = try await Browser(client).send("/v1/search?q=a", headers: network)
                #expect(reply.status == .ok)
                #expect(reply.headers[HTTPField.Name("RateLimit-Policy")!] == "\"network\";q=3;w=60")
                #expect(reply.headers[HTTPField.Name("RateLimit")!]?.hasPrefix("\"network\";r=\(left);t=") == true)
            }
            let refused = try await Browser(client).send("/v1/search?q=a", headers: network)
            #expect(refused.status == .tooManyRequests && refused.text.contains("rate_limited"))
            #expect((1...20).contains(Int(refused.headers[.retryAfter] ?? "") ?? 0))
            #expect(try await Browser(client).send("/livez", headers: network).status == .ok)
            let elsewhere: HTTPFields = [
                HTTPField.Name("X-Forwarded-For")!: "198.51.100.9", .authorization: "Bearer k",
            ]
            _ = try await Browser(client).send("/v1/search?q=a", headers: elsewhere)
            _ = try await Browser(client).send("/v1/search?q=a", headers: elsewhere)
            let key = try await Browser(client).send("/v1/search?q=a", headers: elsewhere)
            #expect(key.status == .tooManyRequests && key.text.contains("credential"))
            for _ in 0..<20 { #expect(try await Browser(client).send("/v1/search?q=a").status == .ok) }
        }
    }
}
