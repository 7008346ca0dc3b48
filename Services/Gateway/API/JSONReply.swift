import HTTPTypes
import Hummingbird
import NIOCore

/// Replies with JSON.
enum JSONReply {
    /// For what differs from reader to reader.
    static let ownHeaders: HTTPFields = [
        .contentType: "application/json", .cacheControl: "private, no-cache", .vary: "Cookie, Authorization",
    ]
    /// For what is the same for everyone; kept by whoever likes, and asked for again by its tag.
    static let everyone: HTTPFields = [.contentType: "application/json", .cacheControl: "no-cache"]
    /// For what a change gave: tokens and secrets among it, so nothing on the way keeps it.
    private static let unkeptHeaders: HTTPFields = [.contentType: "application/json", .cacheControl: "no-store"]

    static func make(_ json: [UInt8], headers: HTTPFields = ownHeaders, tag: EntityTag? = nil) -> Response {
        var headers = headers
        if let tag { headers[.eTag] = tag.text }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: json)))
    }

    /// The answer to a reader's question, or 304 when the reader has it.
    static func own(_ json: [UInt8], for request: Request) -> Response {
        let tag = EntityTag(of: json)
        if let known = tag.named(by: request) { return unchanged(known, headers: ownHeaders) }
        return make(json, headers: ownHeaders, tag: tag)
    }

    static func unkept(_ json: [UInt8]) -> Response {
        make(json, headers: unkeptHeaders)
    }

    /// 304, with the fields that the answer would have had (RFC 9110 §15.4.5).
    static func unchanged(_ tag: String, headers: HTTPFields) -> Response {
        var headers = headers
        headers[.contentType] = nil
        headers[.eTag] = tag
        return Response(status: .notModified, headers: headers)
    }
}
