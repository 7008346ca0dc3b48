import Contracts
import Logging
import RPC

/// Answers the calls of the contract: asks the catalogue, words the answer. Every call is one synchronous read in place, but
/// for notes, which take their turns in a `CaseQueue`.
struct LookupHandler: LookupAPI.Service {
    let catalogue: Catalogue
    let desk: EditorDesk
    private let missing: @Sendable ([EditionRecord]) -> [LookupAPI.MissingFile]
    private let missingReferences: @Sendable ([ReferenceRecord]) -> [LookupAPI.MissingFile]
    private let logger: Logger
    private let cases = CaseQueue()

    /// - Parameters:
    ///   - desk: editors' texts.
    ///   - missing: what could be loaded beside the editions given, and what it would add.
    ///   - missingReferences: the same of reference files.
    init(
        _ catalogue: Catalogue, desk: EditorDesk,
        missing: @escaping @Sendable ([EditionRecord]) -> [LookupAPI.MissingFile],
        missingReferences: @escaping @Sendable ([ReferenceRecord]) -> [LookupAPI.MissingFile] = { _ in [] },
        logger: Logger
    ) {
        self.catalogue = catalogue
        self.desk = desk
        self.missing = missing
        self.missingReferences = missingReferences
        self.logger = logger
    }

    func getCode(
        _ request: LookupAPI.GetCodeRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.Code {
        try answering {
            let (page, _) = try catalogue.code(
                request.code, in: request.system, on: request.on, licensedTexts: request.licensedTexts)
            return LookupAPI.Code(
                system: page.system.rawValue, code: page.listing.code, title: page.listing.title,
                billable: page.listing.billable, status: page.status.rawValue, source: CommonAPI.Source(page.source))
        }
    }

    func getCodePage(
        _ request: LookupAPI.GetCodePageRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.CodePage {
        try answering {
            let (page, editionSet) = try catalogue.page(
                of: request.code, in: request.system, on: request.on, open: request.openBlocks,
                licensedTexts: request.licensedTexts)
            return LookupAPI.CodePage(page, editionSet: editionSet)
        }
    }

    func search(
        _ request: LookupAPI.SearchRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.SearchReply {
        try answering {
            let start = ContinuousClock.now
            let (result, next) = try catalogue.search(
                Catalogue.SearchQuestion(
                    q: request.q, system: request.system, billable: request.billable, chapter: request.chapter,
                    on: request.on, pageSize: Int(request.pageSize), pageToken: request.pageToken))
            return LookupAPI.SearchReply(
                hits: result.hits.map(LookupAPI.Hit.init), facets: result.facets.map(LookupAPI.Facet.init),
                total: UInt32(result.total), tookMicros: Self.microseconds(since: start), nextPageToken: next)
        }
    }

    func suggest(
        _ request: LookupAPI.SuggestRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.SuggestReply {
        try answering {
            let start = ContinuousClock.now
            let result = try catalogue.suggest(request.q, in: request.system, pageSize: Int(request.pageSize))
            return LookupAPI.SuggestReply(
                hits: result.hits.map(LookupAPI.Hit.init), tookMicros: Self.microseconds(since: start))
        }
    }

    func codeCase(
        _ request: LookupAPI.CodeCaseRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.CodeCaseReply {
        do {
            return try await cases.run { [catalogue] in
                let (result, editionSet) = try catalogue.codeCase(
                    request.text, systems: request.systems, on: request.dateOfService, pageSize: Int(request.pageSize))
                return LookupAPI.CodeCaseReply(result, of: request.text, editionSet: editionSet)
            }
        } catch {
            throw worded(error)
        }
    }

    func browse(
        _ request: LookupAPI.BrowseRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.BrowseReply {
        try answering {
            LookupAPI.BrowseReply(
                try catalogue.browse(
                    request.code, in: request.system, on: request.on, pageSize: Int(request.pageSize),
                    pageToken: request.pageToken, licensedTexts: request.licensedTexts))
        }
    }

    func listEditions(
        _ request: LookupAPI.ListEditionsRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.ListEditionsReply {
        try answering {
            let (editions, editionSet) = try catalogue.editions()
            let references = try catalogue.references()
            return LookupAPI.ListEditionsReply(
                editions: editions.map(LookupAPI.Edition.init) + references.map(LookupAPI.Edition.init),
                missing: missing(editions.map(\.record)) + missingReferences(references.map(\.record)),
                editionSet: editionSet)
        }
    }

    func diffEditions(
        _ request: LookupAPI.DiffEditionsRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.DiffEditionsReply {
        try answering {
            LookupAPI.DiffEditionsReply(
                try catalogue.differences(
                    in: request.system, from: request.from, to: request.to, kind: request.kind,
                    pageSize: Int(request.pageSize), pageToken: request.pageToken))
        }
    }

    /// Runs a question and words what it throws.
    func answering<Reply>(_ question: () throws -> Reply) throws(ServiceError) -> Reply {
        do {
            return try question()
        } catch {
            throw worded(error)
        }
    }

    /// Words an error for the caller; what is nobody's fault but ours goes to the log.
    func worded(_ error: any Error) -> ServiceError {
        let worded = ServiceError(lookup: error)
        if worded.kind == .internal || worded.kind == .dataLoss {
            logger.error("a call failed inside", metadata: ["cause": "\(error)"])
        }
        return worded
    }

    static func microseconds(since start: ContinuousClock.Instant) -> UInt32 {
        UInt32(clamping: Int64((ContinuousClock.now - start) / .microseconds(1)))
    }
}
