package import NIOHTTP1

/// One answer of the operations port.
package struct OperationsReply: Sendable, Equatable {
    package var status: HTTPResponseStatus
    package var contentType: String
    package var body: String

    /// Whether the status is 200.
    package var isOK: Bool { status == .ok }

    package init(_ status: HTTPResponseStatus, contentType: String = "text/plain; charset=utf-8", body: String) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }
}
