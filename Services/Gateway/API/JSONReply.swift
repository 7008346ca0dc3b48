import HTTPTypes
import Hummingbird
import NIOCore

/// Replies with JSON.
enum JSONReply {
    /// For what differs from reader to reader.
    static let ownHeaders: HTTPFields = [
        .contentType: "application/json", .cacheControl: "private, no-cache", .vary: "Cookie, Authorization",
    ]

    static func make(_ json: [UInt8], headers: HTTPFields = ownHeaders) -> Response {
        Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: json)))
    }
}
