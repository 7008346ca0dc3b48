import Contracts
import Crypto
import HTTPTypes
import Hummingbird
import RPC

/// `GET /v1/codes/{system}/{code}`: metered as the page is, in the same order and with the same grant.
struct CodeEndpoint: Sendable {
    private static let route = ContractRoute(LookupAPI.Methods.getCodePage)

    let site: Site

    func add(to router: Router<GatewayContext>) {
        Self.route.add(to: router, handler: show)
    }

    @Sendable func show(_ request: Request, context: GatewayContext) async throws -> Response {
        var message = try await Self.route.value(
            LookupAPI.GetCodePageRequest.self, from: request, context: context)
        let isUnopened = request.method == .head || request.isPrefetch
        let reader = try await site.readers.callingReader(of: request, context: context)
        let openBlocks = try await site.openBlocks(of: reader, context: context)
        message.openBlocks = isUnopened ? [] : openBlocks
        let page = try await page(message, context: context)
        if let location = Self.canonicalPath(of: page, asked: message) {
            return Response(status: .movedPermanently, headers: [.location: location])
        }
        var headers = JSONReply.ownHeaders
        headers[.eTag] = Self.entityTag(of: page, on: message.on, openBlocks: openBlocks)
        if request.headers[values: .ifNoneMatch].contains(where: { Self.names(headers[.eTag], in: $0) }) {
            return Response(status: .notModified, headers: headers)
        }
        guard !isUnopened else {
            headers[.eTag] = nil
            headers[.cacheControl] = Site.Keeping.never.rawValue
            return Response(status: request.method == .head ? .ok : .serviceUnavailable, headers: headers)
        }
        let opened = try await site.metering.open(
            .codePage, item: "\(page.system)/\(page.code)", for: reader, request: request, context: context,
            idempotencyKey: site.idempotencyKey(of: request, reader: reader))
        guard opened.outcome != .refused else { return try Refusal(opened, site: site).reply(context: context) }
        return JSONReply.make(try Self.route.json(Self.trimmed(page, to: openBlocks)), headers: headers)
    }

    private func page(
        _ message: LookupAPI.GetCodePageRequest, context: GatewayContext
    ) async throws(ServiceFailure) -> LookupAPI.CodePage {
        try await asking(.lookup) { () throws(ServiceError) in
            try await site.services.lookup.getCodePage(
                message, options: context.options(timeout: CallTimeouts.lookup))
        }
    }

    /// Drops the text of blocks that the reader's plan does not open, whatever Lookup sent.
    private static func trimmed(_ page: LookupAPI.CodePage, to openBlocks: [String]) -> LookupAPI.CodePage {
        var page = page
        for index in page.blocks.indices where page.blocks[index].state != "empty" {
            guard !openBlocks.contains(page.blocks[index].kind) else { continue }
            page.blocks[index].state = "locked"
            page.blocks[index].paragraphs = []
        }
        return page
    }

    private static func canonicalPath(
        of page: LookupAPI.CodePage, asked: LookupAPI.GetCodePageRequest
    ) -> String? {
        guard page.system != asked.system || page.code != asked.code else { return nil }
        return "/v1/codes/\(PercentCoding.encode(page.system))/\(PercentCoding.encode(page.code))"
            + PercentCoding.query([("on", asked.on)])
    }

    /// Changes with the loaded editions, the record, the date, and what the reader may see.
    private static func entityTag(of page: LookupAPI.CodePage, on: String, openBlocks: [String]) -> String {
        let parts = [page.editionSet, page.system, page.code, on, openBlocks.sorted().joined(separator: ","), "json"]
        let digest = SHA256.hash(data: Array(parts.joined(separator: "\n").utf8))
        return "\"\(Base64URL.text(of: Array(digest.prefix(18))))\""
    }

    /// Whether a field of `If-None-Match` names the tag (RFC 9110 §13.1.2: a list, compared weakly). `*` does not count:
    /// it would tell nothing of what the caller holds.
    private static func names(_ tag: String?, in field: String) -> Bool {
        field.split(separator: ",").contains { part in
            let part = part.drop { $0 == " " }
            return (part.hasPrefix("W/") ? part.dropFirst(2) : part).prefix { $0 != " " } == tag ?? ""
        }
    }
}
