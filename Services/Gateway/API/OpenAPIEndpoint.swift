import HTTPTypes
import Hummingbird
import NIOCore

/// `GET /openapi.json`: the contract for programs, made once.
struct OpenAPIEndpoint: Sendable {
    private static let headers: HTTPFields = [.contentType: "application/json", .cacheControl: "public, max-age=300"]

    private let bytes: [UInt8]
    private let tag: EntityTag

    init(site: Site) {
        bytes =
            OpenAPIDocument(origin: site.origin, sessionCookie: site.names.session, guestCookie: site.names.guest).bytes
        tag = EntityTag(of: bytes)
    }

    func add(to router: Router<GatewayContext>) {
        router.get("/openapi.json") { request, _ in
            if let known = tag.named(by: request) { return JSONReply.unchanged(known, headers: Self.headers) }
            return JSONReply.make(bytes, headers: Self.headers, tag: tag)
        }
    }
}
