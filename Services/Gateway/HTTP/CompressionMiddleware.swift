import HTTPTypes
import Hummingbird
import NIOCore

/// Sends texts in gzip to whoever takes it. Streams of events are left alone: they must not wait in a compressor.
struct CompressionMiddleware: RouterMiddleware {
    /// Shorter answers fit one packet anyway.
    private static let minimumBytes = 1024
    private static let mediaTypes: Set = [
        "text/html", "text/css", "text/plain", "text/csv", "text/javascript", "application/javascript",
        "application/json", "application/problem+json", "application/fhir+json", "application/atom+xml",
        "application/xml", "image/svg+xml",
    ]

    func handle(
        _ request: Request, context: GatewayContext,
        next: (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        guard Self.isText(response), let length = response.body.contentLength, length >= Self.minimumBytes else {
            return response
        }
        Self.vary(&response)
        guard request.method != .head, Self.takesGzip(request) else { return response }
        let collector = Collector()
        try await response.body.write(collector)
        let plain = collector.buffer
        guard let compressed = Gzip.compress(plain), compressed.readableBytes < plain.readableBytes else {
            response.body = ResponseBody(byteBuffer: plain)
            return response
        }
        response.body = ResponseBody(byteBuffer: compressed)
        response.headers[.contentEncoding] = "gzip"
        response.headers[.contentLength] = "\(compressed.readableBytes)"
        if let tag = response.headers[.eTag] { response.headers[.eTag] = EntityTag.coded(tag) }
        return response
    }

    private static func isText(_ response: Response) -> Bool {
        guard response.headers[.contentEncoding] == nil, response.status.code != 206,
            let type = response.headers[.contentType]
        else { return false }
        return mediaTypes.contains(String(type.prefix { $0 != ";" && $0 != " " }))
    }

    private static func vary(_ response: inout Response) {
        let vary = response.headers[.vary].map { $0 + ", " } ?? ""
        response.headers[.vary] = vary + "Accept-Encoding"
    }

    /// Whether `Accept-Encoding` (RFC 9110 §12.5.3) holds gzip, or anything, with a weight above 0.
    static func takesGzip(_ request: Request) -> Bool {
        var anything = false
        for field in request.headers[values: .acceptEncoding] {
            for part in field.lowercased().split(separator: ",") {
                let words = part.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
                guard let name = words.first else { continue }
                let weight = words.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
                if name == "gzip" || name == "x-gzip" { return weight > 0 }
                if name == "*" { anything = weight > 0 }
            }
        }
        return anything
    }

    /// Takes an answer's bytes instead of the connection.
    private final class Collector: ResponseBodyWriter {
        private(set) var buffer = ByteBuffer()

        func write(_ part: ByteBuffer) async throws {
            if buffer.readableBytes == 0 { buffer = part } else { buffer.writeImmutableBuffer(part) }
        }

        func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}
