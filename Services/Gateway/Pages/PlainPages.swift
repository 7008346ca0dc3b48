import HTTPTypes
import Hummingbird
import NIOCore

/// Pages that tell something and take nothing, the assets, and what robots ask for.
struct PlainPages: Sendable {
    /// A view for templates that need none.
    private struct Nothing: Sendable {}

    let site: Site

    func add(to router: Router<GatewayContext>) {
        addStatic("/help", .help, title: "Help and keys", product: nil, to: router)
        addStatic("/terms", .terms, title: "Terms of use", product: nil, to: router)
        addStatic("/privacy", .privacy, title: "Privacy", product: nil, to: router)
        for asset in site.renderer.assets {
            router.get(RouterPath(asset.path)) { _, _ in Self.reply(asset) }
        }
        router.get("/robots.txt") { _, _ in robots }
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
    private var robots: Response {
        let paths = [
            "/account", "/invitation", "/payments", "/admin", "/login", "/register", "/reset", "/verify", "/v1/",
        ]
        let own = ["/careers/saved", "/careers/searches", "/careers/applications", "/careers/profile", "/unsubscribe"]
        let text =
            "User-agent: *\n" + (paths + own).map { "Disallow: \($0)\n" }.joined()
            + "Sitemap: \(site.origin)/careers-sitemap.xml\n"
        return Response(
            status: .ok, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "public, max-age=3600"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
