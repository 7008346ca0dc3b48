import Contracts
import HTTPTypes
import Hummingbird
import Logging
import RPC

/// Home, search and its entry, browsing, the loaded editions: free for everyone.
struct SearchPages: Sendable {
    /// Hits on a page of results.
    private static let pageSize: UInt32 = 20
    /// Entries on a page of browsing.
    private static let browsePageSize: UInt32 = 200

    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.get("/", use: home)
        router.get("/case2code", use: entry)
        router.get("/search", use: search)
        router.get("/codes/:system", use: browse)
        router.get("/editions", use: editions)
    }

    @Sendable func home(_ request: Request, context: GatewayContext) async throws -> Response {
        async let reader = site.readerForHeader(of: request, context: context)
        let view = HomeView(loaded: await loadedSets(context))
        let frame = site.frame(
            title: "Medical codes with their sources", reader: await reader, request: request, context: context)
        return site.reply(.home, view: view, frame: frame)
    }

    @Sendable func entry(_ request: Request, context: GatewayContext) async throws -> Response {
        async let reader = site.readerForHeader(of: request, context: context)
        let view = Case2CodeView(
            loaded: await loadedSets(context), csrf: site.forms.token(for: request, context: context))
        let frame = site.frame(
            title: "Case2Code", product: .case2code, reader: await reader, request: request, context: context)
        return site.reply(.case2code, view: view, frame: frame)
    }

    @Sendable func search(_ request: Request, context: GatewayContext) async throws -> Response {
        let query = SearchQuery(site.query(of: request))
        async let reader = site.readerForHeader(of: request, context: context)
        var view = SearchView(query, reply: nil)
        var status = HTTPResponse.Status.ok
        if !query.words.isEmpty {
            do {
                let reply = try await asking(.lookup) { () throws(ServiceError) in
                    try await site.services.lookup.search(
                        query.request(pageSize: Self.pageSize), options: context.options(timeout: CallTimeouts.lookup))
                }
                view = SearchView(query, reply: reply)
                if query.pageToken.isEmpty { await noteSearch(query.words, by: await reader, context) }
            } catch {
                guard error.error.kind.status == .badRequest else { throw error }
                view = SearchView(query, reply: nil, problem: error.error.message)
                status = .badRequest
            }
        }
        let title = query.words.isEmpty ? "Search" : "Search: \(query.words)"
        let frame = site.frame(
            title: title, product: .case2code, query: query.words, reader: await reader, request: request,
            context: context)
        return site.reply(.search, view: view, frame: frame, status: status)
    }

    /// For readers who keep their searches; what is lost costs nothing.
    private func noteSearch(_ words: String, by reader: Reader, _ context: GatewayContext) async {
        guard let account = reader.account else { return }
        do throws(ServiceError) {
            _ = try await site.services.desks.noteUse(
                DeskAPI.NoteUseRequest(search: words), options: context.options(for: account))
        } catch {
            context.logger.warning(
                "a search was not noted",
                metadata: ["request_id": "\(context.requestID)", "error": "\(error.message)"])
        }
    }

    @Sendable func browse(_ request: Request, context: GatewayContext) async throws -> Response {
        guard let system = context.parameters.get("system").flatMap({ PercentCoding.decode($0.utf8) }) else {
            throw HTTPError(.notFound)
        }
        guard CodeSystem(rawValue: system) != nil else {
            throw HTTPError(
                .notFound,
                message: "There is no such code set. There are "
                    + CodeSystem.allCases.map(\.rawValue).joined(separator: ", ") + ".")
        }
        let query = site.query(of: request)
        async let reader = site.readerForHeader(of: request, context: context)
        let reply = try await asking(.lookup) { () throws(ServiceError) in
            try await site.services.lookup.browse(
                LookupAPI.BrowseRequest(
                    system: system, code: query["under"], on: query["on"], pageSize: Self.browsePageSize,
                    pageToken: query["page_token"]),
                options: context.options(timeout: CallTimeouts.lookup))
        }
        let view = BrowseView(reply, system: system, under: query["under"], on: query["on"])
        let frame = site.frame(
            title: view.heading, product: .case2code, reader: await reader, request: request, context: context)
        return site.reply(.browse, view: view, frame: frame)
    }

    @Sendable func editions(_ request: Request, context: GatewayContext) async throws -> Response {
        async let reader = site.readerForHeader(of: request, context: context)
        let reply = try await listEditions(context)
        let frame = site.frame(
            title: "Loaded editions", product: .case2code, reader: await reader, request: request, context: context)
        return site.reply(.editions, view: EditionsView(reply), frame: frame)
    }

    private func listEditions(_ context: GatewayContext) async throws(ServiceFailure) -> LookupAPI.ListEditionsReply {
        try await asking(.lookup) { () throws(ServiceError) in
            try await site.services.lookup.listEditions(
                LookupAPI.ListEditionsRequest(), options: context.options(timeout: CallTimeouts.lookup))
        }
    }

    /// The home page stands without its figures when Lookup is away.
    private func loadedSets(_ context: GatewayContext) async -> LoadedSets {
        do {
            return LoadedSets(try await listEditions(context))
        } catch {
            context.logger.warning(
                "page shown without the loaded editions",
                metadata: ["request_id": "\(context.requestID)", "error": "\(error.error.message)"])
            return LoadedSets(nil)
        }
    }
}
