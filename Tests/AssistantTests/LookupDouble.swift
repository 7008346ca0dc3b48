import Contracts
import RPC

/// Lookup's contract over a table of pages, for Assistant's own tests. It opens no block, whatever is asked.
struct LookupDouble: LookupAPI.Service {
    var pages: [LookupAPI.CodePage] = []
    var failure: ServiceError?

    func getCodePage(
        _ request: LookupAPI.GetCodePageRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.CodePage {
        if let failure { throw failure }
        guard request.openBlocks.isEmpty else { throw ServiceError(.permissionDenied, "No block may be opened here.") }
        let found = pages.first { $0.system == request.system && $0.code == request.code }
        guard let found else {
            throw ServiceError(.notFound, "No loaded edition holds \(request.code).", field: "code")
        }
        return found
    }

    func getCode(
        _ request: LookupAPI.GetCodeRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.Code {
        throw notServed
    }

    func search(
        _ request: LookupAPI.SearchRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.SearchReply {
        throw notServed
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
