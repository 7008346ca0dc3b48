import Contracts
import RPC

extension LookupHandler {
    func putText(
        _ request: LookupAPI.PutTextRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.EditorText {
        let author = try Self.author(request.editor, context)
        return try await writing {
            let place = try catalogue.place(of: request.code, in: request.system)
            return try await desk.write(
                request.markdown, for: request.block, of: place.code, in: place.system, by: author,
                base: Int(request.baseVersion))
        }
    }

    func restoreText(
        _ request: LookupAPI.RestoreTextRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.EditorText {
        let author = try Self.author(request.editor, context)
        return try await writing {
            let place = try catalogue.place(of: request.code, in: request.system)
            return try await desk.write(
                "", for: request.block, of: place.code, in: place.system, by: author, base: Int(request.baseVersion),
                restoring: Int(request.version))
        }
    }

    func listTexts(
        _ request: LookupAPI.ListTextsRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.ListTextsReply {
        _ = try Self.author(request.editor, context)
        return try answering {
            let system = request.system.isEmpty ? nil : try Catalogue.system(request.system)
            let code = request.code.isEmpty ? nil : try catalogue.place(of: request.code, in: request.system).code
            let (texts, next) = try desk.versions(
                of: code, in: system, pageSize: Int(request.pageSize), pageToken: request.pageToken)
            return LookupAPI.ListTextsReply(texts: texts.map(LookupAPI.EditorText.init), nextPageToken: next)
        }
    }

    private func writing(
        _ act: () async throws -> EditorText
    ) async throws(ServiceError) -> LookupAPI.EditorText {
        do {
            return LookupAPI.EditorText(try await act())
        } catch {
            throw worded(error)
        }
    }

    /// Who writes: somebody at the machine's own command line (`operator NAME`), or an account that Gateway found to have
    /// the role of an editor.
    private static func author(_ editor: String, _ context: CallContext) throws(ServiceError) -> String {
        let words = String(decoding: context.principal, as: UTF8.self).split(separator: " ").map(String.init)
        if words.count == 2, words[0] == "operator" { return "operator \(words[1])" }
        guard !words.isEmpty else { throw ServiceError(.unauthenticated, "Log in to edit texts.") }
        guard !editor.isEmpty, editor.utf8.count <= 128 else {
            throw ServiceError(.permissionDenied, "Only editors may read and write the versions of texts.")
        }
        return editor
    }
}

extension LookupAPI.EditorText {
    init(_ text: EditorText) {
        self.init(
            system: text.system.rawValue, code: text.code, block: text.block.rawValue,
            version: UInt32(clamping: text.version), markdown: text.markdown, author: text.author,
            createdAt: UTCTime(secondsSince1970: text.createdAt).description,
            restoredFrom: UInt32(clamping: text.restoredFrom ?? 0))
    }
}
