import Crypto
import Foundation
import Logging
import RPC

/// Turns files into documents of the knowledge base.
struct DocumentLibrary: Sendable {
    /// Larger than any coding manual, small enough to be held in memory.
    static let mostBytes = 64 << 20

    let store: KnowledgeStore
    /// The folder of pulled files.
    let sources: String
    let surroundings: Surroundings

    /// Adds a document, in the place of the one with its name.
    /// - Throws: `invalidArgument` for a file without text, or that is not what its format says; `resourceExhausted` for
    ///   more passages than the knowledge base may have; `internal` when the store fails.
    func add(_ document: KnowledgeDocument, bytes: [UInt8]) async throws(ServiceError) -> KnowledgeDocument {
        let text = try await text(of: bytes, document.format)
        let passages = KnowledgeDocument.passages(of: text, format: document.format, title: document.title)
        guard !passages.isEmpty else {
            throw ServiceError(.invalidArgument, "The file holds no text of this format.", field: "bytes")
        }
        var document = document
        document.sha256 = Array(SHA256.hash(data: bytes)).hexadecimal
        document.addedAt = surroundings.now()
        document.passages = passages.count
        do {
            let others =
                try store.passageCount() - (try store.documents().first { $0.name == document.name }?.passages ?? 0)
            guard others + passages.count <= KnowledgeStore.mostPassages else {
                throw ServiceError(
                    .resourceExhausted, "With it there would be more than \(KnowledgeStore.mostPassages) passages.",
                    reason: "too_many_passages")
            }
            try await store.put(document, passages)
        } catch let error as ServiceError {
            throw error
        } catch {
            throw ServiceError(.internal, "The document could not be kept: \(type(of: error)).", mayHaveRun: true)
        }
        return document
    }

    /// Takes known documents whose files are there and new.
    /// - Returns: their names.
    func takeKnown(logger: Logger) async -> [String] {
        var taken: [String] = []
        for known in KnownDocument.all {
            let path = sources + "/" + known.document.file
            guard let data = FileManager.default.contents(atPath: path) else { continue }
            do {
                let digest = Array(SHA256.hash(data: data)).hexadecimal
                let loaded = try store.documents().first { $0.name == known.document.name }
                guard loaded?.sha256 != digest else { continue }
                _ = try await add(known.document, bytes: Array(data))
                taken.append(known.document.name)
            } catch {
                logger.error(
                    "a known document could not be taken",
                    metadata: ["document": "\(known.document.name)", "cause": "\(error)"])
            }
        }
        return taken
    }

    private func text(of bytes: [UInt8], _ format: DocumentFormat) async throws(ServiceError) -> String {
        if format == .pdf { return try await PDFText.text(of: bytes) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ServiceError(.invalidArgument, "The file is not UTF-8 text.", field: "bytes")
        }
        return text.hasPrefix("\u{feff}") ? String(text.dropFirst()) : text
    }
}
