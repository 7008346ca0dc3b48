import Contracts
import RPC

/// Lookup's contract over a table of pages, for Assistant's own tests.
struct LookupDouble: LookupAPI.Service {
    var pages: [LookupAPI.CodePage] = []
    var failure: ServiceError?
    /// Whether blocks may be asked for.
    var opensBlocks = true

    func getCodePage(
        _ request: LookupAPI.GetCodePageRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.CodePage {
        if let failure { throw failure }
        guard opensBlocks || request.openBlocks.isEmpty else {
            throw ServiceError(.permissionDenied, "No block may be opened here.")
        }
        return try page(request.system, request.code)
    }

    private func page(_ system: String, _ code: String) throws(ServiceError) -> LookupAPI.CodePage {
        let key = code.uppercased().filter { $0 != "." }
        let found = pages.first { $0.system == system && $0.code.filter { $0 != "." } == key }
        guard let found else { throw ServiceError(.notFound, "No loaded edition holds \(code).", field: "code") }
        return found
    }

    func getCode(
        _ request: LookupAPI.GetCodeRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.Code {
        if let failure { throw failure }
        let found = try page(request.system, request.code)
        return LookupAPI.Code(
            system: found.system, code: found.code, title: found.title, billable: found.billable, status: found.status,
            source: found.source)
    }

    func search(
        _ request: LookupAPI.SearchRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.SearchReply {
        if let failure { throw failure }
        let words = request.q.lowercased().split(separator: " ")
        let hits = pages.filter { page in
            words.contains { page.title.lowercased().contains($0) } && ["", page.system].contains(request.system)
        }
        return LookupAPI.SearchReply(
            hits: hits.map {
                LookupAPI.Hit(
                    system: $0.system, code: $0.code, title: $0.title, billable: $0.billable, status: $0.status)
            }, total: UInt32(hits.count))
    }

    func suggest(
        _ request: LookupAPI.SuggestRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.SuggestReply {
        throw notServed
    }

    func codeCase(
        _ request: LookupAPI.CodeCaseRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.CodeCaseReply {
        LookupAPI.CodeCaseReply()
    }

    func browse(
        _ request: LookupAPI.BrowseRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.BrowseReply {
        throw notServed
    }

    func putText(
        _ request: LookupAPI.PutTextRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.EditorText {
        LookupAPI.EditorText()
    }

    func restoreText(
        _ request: LookupAPI.RestoreTextRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.EditorText {
        LookupAPI.EditorText()
    }

    func listTexts(
        _ request: LookupAPI.ListTextsRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.ListTextsReply {
        LookupAPI.ListTextsReply()
    }

    func diffEditions(
        _ request: LookupAPI.DiffEditionsRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.DiffEditionsReply {
        LookupAPI.DiffEditionsReply()
    }

    func listEditions(
        _ request: LookupAPI.ListEditionsRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.ListEditionsReply {
        throw notServed
    }

    private var notServed: ServiceError { ServiceError(.unimplemented, "Assistant does not call this.") }
}
