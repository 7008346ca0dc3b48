import Contracts
import HTTPTypes
import Hummingbird
import RPC

/// The page of one code, in the order that keeps counting exact: the reader, the page with no more than this reader may
/// see, then the grant, and only then any text.
struct CodePages: Sendable {
    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.get("/codes/:system/:code", use: show)
    }

    @Sendable func show(_ request: Request, context: GatewayContext) async throws -> Response {
        let address = try CodeAddress(request, context: context, query: site.query(of: request))
        if request.method == .head || request.isPrefetch {
            return try await showWithoutText(address, request: request, context: context)
        }
        let reader = try await site.readers.reader(of: request, context: context)
        let openBlocks = try await site.openBlocks(of: reader, context: context)
        let page = try await page(at: address, openBlocks: openBlocks, context: context)
        let canonical = CodeAddress(system: page.system, code: page.code, on: address.on)
        guard canonical == address else { return permanentRedirect(to: canonical) }

        let isGuest = reader.account == nil
        let freeAllowance = isGuest ? try await freeAllowance(context: context) : nil
        let opened = try await site.metering.open(
            .codePage, item: canonical.grantItem, for: reader, request: request, context: context)
        let isRefused = opened.outcome == .refused
        async let kept = isRefused ? nil : kept(canonical, by: reader, request: request, context: context)
        let licensed =
            isRefused
            ? (page: page, terms: nil)
            : try await licensed(page, at: canonical, openBlocks: openBlocks, reader: reader, context: context)
        let view = CodePageView(
            licensed.page, address: canonical, opened: opened, openBlocks: openBlocks, isGuest: isGuest,
            freeAllowance: freeAllowance, kept: await kept, terms: licensed.terms)
        let frame = site.frame(
            title: "\(page.code) \(page.title)", product: .case2code, reader: reader, request: request, context: context
        )
        return site.reply(.code, view: view, frame: frame, keeping: view.isRefused ? .never : .ask)
    }

    /// For HEAD and prefetch: nothing is opened, so nothing is asked of Accounts and no text is fetched. A prefetch gets
    /// 503, which makes the browser ask again when the reader really goes there.
    private func showWithoutText(
        _ address: CodeAddress, request: Request, context: GatewayContext
    ) async throws -> Response {
        let page = try await page(at: address, openBlocks: [], context: context)
        let canonical = CodeAddress(system: page.system, code: page.code, on: address.on)
        guard canonical == address else { return permanentRedirect(to: canonical) }
        let headers: HTTPFields = [
            .contentType: "text/html; charset=utf-8", .cacheControl: Site.Keeping.never.rawValue, .vary: "Cookie",
        ]
        return Response(status: request.method == .head ? .ok : .serviceUnavailable, headers: headers)
    }

    func page(
        at address: CodeAddress, openBlocks: [String], licensedTexts: Bool = false, context: GatewayContext
    ) async throws(ServiceFailure) -> LookupAPI.CodePage {
        try await asking(.lookup) { () throws(ServiceError) in
            try await site.services.lookup.getCodePage(
                LookupAPI.GetCodePageRequest(
                    system: address.system, code: address.code, on: address.on, openBlocks: openBlocks,
                    licensedTexts: licensedTexts),
                options: context.options(timeout: CallTimeouts.lookup))
        }
    }

    private func freeAllowance(context: GatewayContext) async throws(ServiceFailure) -> UInt32? {
        let plan = try await site.plans.plan(.free, context: context)
        return plan.allowances.first { $0.feature == Feature.codePage.rawValue }?.limit
    }

    private func permanentRedirect(to address: CodeAddress) -> Response {
        Response(status: .movedPermanently, headers: [.location: address.path, .cacheControl: "private, max-age=3600"])
    }
}
