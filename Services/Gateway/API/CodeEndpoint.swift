import Contracts
import HTTPTypes
import Hummingbird
import RPC

/// `GET /v1/codes/{system}/{code}`: metered as the page is, in the same order and with the same grant.
struct CodeEndpoint: Sendable {
    let site: Site

    @Sendable func show(_ call: ContractCall) async throws -> Response {
        var message = try await call.value(LookupAPI.GetCodePageRequest.self)
        let reader = try await site.knownCaller(call)
        let openBlocks = try await site.openBlocks(of: reader, context: call.context)
        message.openBlocks = call.isUnopened ? [] : openBlocks
        let page = try await page(message, context: call.context)
        if let location = Self.canonicalPath(of: page, asked: message) {
            return Response(status: .movedPermanently, headers: [.location: location])
        }
        let item = "\(page.system)/\(page.code)"
        let mayBeLicensed = try await site.licence.isAccepted(for: page.system, by: reader, context: call.context)
        let tag = EntityTag(of: [
            page.editionSet, item, message.on, openBlocks.sorted().joined(separator: ","),
            mayBeLicensed ? "licensed" : "", "json",
        ])
        guard !call.isUnopened else {
            var headers = JSONReply.ownHeaders
            headers[.cacheControl] = Site.Keeping.never.rawValue
            return Response(status: call.request.method == .head ? .ok : .serviceUnavailable, headers: headers)
        }
        if let known = tag.named(by: call.request) {
            return JSONReply.unchanged(known, headers: JSONReply.ownHeaders)
        }
        let opened = try await site.metering.open(
            .codePage, item: item, for: reader, request: call.request, context: call.context,
            idempotencyKey: site.idempotencyKey(of: call.request, reader: reader))
        guard opened.outcome != .refused else { return try Refusal(opened, site: site).reply(context: call.context) }
        let year = Licence.year(of: page.source?.effectiveDate ?? "")
        guard mayBeLicensed, try await site.licence.mayShow(item, of: year, to: reader, context: call.context) else {
            // Without the licensed words this is not the answer that the tag promises.
            let json = try call.json(Self.trimmed(page, to: openBlocks))
            return JSONReply.make(json, tag: mayBeLicensed ? nil : tag)
        }
        message.licensedTexts = true
        let full = try await self.page(message, context: call.context)
        return JSONReply.make(try call.json(Self.trimmed(full, to: openBlocks)), tag: tag)
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
}
