import Contracts
import RPC

extension LookupHandler {
    func findCoverage(
        _ request: ReferenceAPI.FindCoverageRequest, context: CallContext
    ) async throws(ServiceError) -> ReferenceAPI.FindCoverageReply {
        try answering {
            let shelf = try catalogue.coverage(
                Catalogue.CoverageQuestion(
                    q: request.q, state: request.state, contractor: request.contractor, kind: request.kind,
                    day: request.on, pageSize: Int(request.pageSize), pageToken: request.pageToken))
            return ReferenceAPI.FindCoverageReply(
                documents: shelf.documents.map { ReferenceAPI.CoverageDocument($0.document, $0.states) },
                total: UInt32(clamping: shelf.total), nextPageToken: shelf.nextPageToken, notice: shelf.notice,
                sources: shelf.sources.map(CommonAPI.Source.init))
        }
    }
}

extension ReferenceAPI.CoverageDocument {
    init(_ document: CoverageDocument, _ states: [String]) {
        self.init(
            id: document.key, kind: document.kind, title: document.title, version: document.variant,
            contractor: document.contractor, states: states, effectiveDate: document.effective,
            retiredDate: document.retired, updatedDate: document.updated, href: document.address)
    }
}
