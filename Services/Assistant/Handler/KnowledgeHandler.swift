package import Contracts
package import Logging
package import RPC
import Storage

/// The calls of the knowledge base.
package struct KnowledgeHandler: KnowledgeAPI.Service {
    private let store: KnowledgeStore
    private let library: DocumentLibrary
    private let surroundings: Surroundings
    private let logger: Logger

    /// - Parameters:
    ///   - store: open as long as calls are served.
    ///   - sources: the folder of pulled files, in which known documents are looked for.
    package init(store: KnowledgeStore, sources: String, surroundings: Surroundings = .system, logger: Logger) {
        self.store = store
        library = DocumentLibrary(store: store, sources: sources, surroundings: surroundings)
        self.surroundings = surroundings
        self.logger = logger
    }

    /// Takes the known documents from the pulled files that are new or have changed.
    package func takeKnown() async {
        for name in await library.takeKnown(logger: logger) {
            logger.info("document taken", metadata: ["document": "\(name)"])
        }
    }

    /// Adds a document.
    package func addDocument(
        _ requests: Requests<KnowledgeAPI.DocumentPart>, context: CallContext
    ) async throws(ServiceError) -> KnowledgeAPI.Document {
        var about: KnowledgeAPI.Document?
        var bytes: [UInt8] = []
        while let part = try await requests.next() {
            if about == nil { about = part.about }
            guard bytes.count + part.bytes.count <= DocumentLibrary.mostBytes else {
                throw ServiceError(
                    .resourceExhausted, "A document may have at most 64 MiB.", reason: "document_too_large")
            }
            bytes += part.bytes
        }
        guard let about else {
            throw ServiceError(.invalidArgument, "The first part must say what the document is.", field: "about")
        }
        let document = try KnowledgeDocument(about)
        return KnowledgeAPI.Document(try await library.add(document, bytes: bytes))
    }

    /// All documents, and what is known but not loaded.
    package func listDocuments(
        _ request: KnowledgeAPI.ListDocumentsRequest, context: CallContext
    ) async throws(ServiceError) -> KnowledgeAPI.ListDocumentsReply {
        let documents: [KnowledgeDocument]
        do { documents = try store.documents() } catch { throw failure(error) }
        let loaded = Set(documents.map(\.name))
        return KnowledgeAPI.ListDocumentsReply(
            documents: documents.map(KnowledgeAPI.Document.init),
            missing: KnownDocument.all.filter { !loaded.contains($0.document.name) }.map(\.document.file))
    }

    /// Removes a document.
    package func removeDocument(
        _ request: KnowledgeAPI.RemoveDocumentRequest, context: CallContext
    ) async throws(ServiceError) -> KnowledgeAPI.RemoveDocumentReply {
        let count: Int?
        do { count = try await store.remove(request.name) } catch { throw failure(error) }
        guard let count else { throw ServiceError(.notFound, "There is no document of this name.", field: "name") }
        return KnowledgeAPI.RemoveDocumentReply(passages: UInt32(clamping: count))
    }

    /// The passages nearest to some words.
    package func searchPassages(
        _ request: KnowledgeAPI.SearchPassagesRequest, context: CallContext
    ) async throws(ServiceError) -> KnowledgeAPI.SearchPassagesReply {
        let start = ContinuousClock.now
        guard request.q.count <= 1_000 else {
            throw ServiceError(.invalidArgument, "At most 1000 characters.", field: "q")
        }
        let size = try PilotHandler.size(request.pageSize, usual: 5, most: 50)
        let question = QuestionReader.read(request.q)
        let found: [FoundPassage]
        do {
            found = try PassageSearch(store: store).search(question, document: request.document)
        } catch {
            throw failure(error)
        }
        return KnowledgeAPI.SearchPassagesReply(
            passages: found.prefix(size).map { passage in
                KnowledgeAPI.Passage(
                    id: UInt32(clamping: passage.id.value), document: passage.document,
                    headings: passage.passage.headings, page: passage.passage.page, text: passage.passage.text,
                    score: passage.score)
            }, tookMicros: UInt32(clamping: start.duration(to: .now).micros))
    }

    private func failure(_ error: any Error) -> ServiceError {
        if let error = error as? ServiceError { return error }
        logger.error("the knowledge base failed", metadata: ["cause": "\(error)"])
        return ServiceError(.internal, "The knowledge base failed; its program's log says why.", mayHaveRun: true)
    }
}

extension KnowledgeDocument {
    /// - Throws: `invalidArgument` with the field.
    init(_ document: KnowledgeAPI.Document) throws(ServiceError) {
        guard Self.isName(document.name) else {
            throw ServiceError(
                .invalidArgument, "A name has letters, digits, - and _, at most \(Self.longestName).", field: "name")
        }
        guard let format = DocumentFormat(rawValue: document.format) else {
            let formats = DocumentFormat.allCases.map(\.rawValue).joined(separator: ", ")
            throw ServiceError(.invalidArgument, "The format is one of \(formats).", field: "format")
        }
        guard document.effectiveDate.isEmpty || DateReader.isDay(document.effectiveDate) else {
            throw ServiceError(.invalidArgument, "Give the date as YYYY-MM-DD.", field: "effective_date")
        }
        let texts = [document.title, document.edition, document.rights, document.file]
        guard texts.allSatisfy({ $0.utf8.count <= 500 && !$0.contains(where: \.isNewline) }) else {
            throw ServiceError(
                .invalidArgument, "Title, edition, rights and file are lines of at most 500 bytes.", field: "title")
        }
        self.init(
            name: document.name, title: document.title.isEmpty ? document.name : document.title, format: format,
            edition: document.edition, effectiveDate: document.effectiveDate, rights: document.rights,
            file: document.file)
    }
}

extension KnowledgeAPI.Document {
    init(_ document: KnowledgeDocument) {
        self.init(
            name: document.name, title: document.title, format: document.format.rawValue, edition: document.edition,
            effectiveDate: document.effectiveDate, rights: document.rights, file: document.file,
            sha256: document.sha256, passages: UInt32(clamping: document.passages),
            addedAt: UTCSeconds(document.addedAt).rfc3339)
    }
}
