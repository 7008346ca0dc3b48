import Contracts
import HTTPTypes
import Hummingbird
import NIOCore
import RPC

/// Pages that tell something and take nothing, the assets, and what robots ask for.
struct PlainPages: Sendable {
    /// A view for templates that need none.
    private struct Nothing: Sendable {}

    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.get("/careers", use: careers)
        addStatic("/help", .help, title: "Help and keys", product: nil, to: router)
        addStatic("/terms", .terms, title: "Terms of use", product: nil, to: router)
        addStatic("/privacy", .privacy, title: "Privacy", product: nil, to: router)
        for asset in site.renderer.assets {
            router.get(RouterPath(asset.path)) { _, _ in Self.reply(asset) }
        }
        router.get("/robots.txt") { _, _ in Self.robots }
    }

    @Sendable func careers(_ request: Request, context: GatewayContext) async throws -> Response {
        async let reader = site.readerForHeader(of: request, context: context)
        let reply = try await asking(.jobs) { () throws(ServiceError) in
            try await site.services.jobs.listCredentials(
                JobsAPI.ListCredentialsRequest(), options: context.options(timeout: CallTimeouts.jobs))
        }
        let frame = site.frame(
            title: "CareerCenter", product: .careerCenter, reader: await reader, request: request, context: context)
        return site.reply(.careers, view: CareersView(reply), frame: frame)
    }

    private func addStatic(
        _ path: RouterPath, _ template: TemplateName, title: String, product: Product?,
        to router: Router<GatewayContext>
    ) {
        router.get(path) { request, context in
            let reader = await site.readerForHeader(of: request, context: context)
            let frame = site.frame(title: title, product: product, reader: reader, request: request, context: context)
            return site.reply(template, view: Nothing(), frame: frame)
        }
    }

    private static func reply(_ asset: Asset) -> Response {
        let headers: HTTPFields = [
            .contentType: asset.mediaType, .cacheControl: "public, max-age=31536000, immutable",
        ]
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: asset.bytes)))
    }

    /// Nothing of these is worth finding.
    private static var robots: Response {
        let paths = [
            "/account", "/invitation", "/payments", "/admin", "/login", "/register", "/reset", "/verify", "/v1/",
        ]
        let text = "User-agent: *\n" + paths.map { "Disallow: \($0)\n" }.joined()
        return Response(
            status: .ok, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "public, max-age=3600"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
