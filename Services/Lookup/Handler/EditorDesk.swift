import Storage

/// Editors' texts: who may write, what may be written, and what stands on a page.
struct EditorDesk: Sendable {
    private let store: EditorTextStore?
    /// Seconds since 1970.
    private let now: @Sendable () -> Int64

    /// - Parameter store: nil when it could not be opened: pages are composed, and nothing can be written.
    init(_ store: EditorTextStore?, now: @escaping @Sendable () -> Int64) {
        self.store = store
        self.now = now
    }

    private static let listPage = 50
    private static let largestListPage = 200

    /// What editors wrote for a page, by block.
    func texts(_ code: String, in system: CodeSystem) throws -> [BlockKind: EditorText] {
        guard let store else { return [:] }
        return Dictionary(try store.current(code, in: system).map { ($0.block, $0) }, uniquingKeysWith: { $1 })
    }

    /// Writes a version. An empty text gives the place back to the composed one.
    ///
    /// - Parameters:
    ///   - base: the version that the editor saw.
    ///   - restored: the version whose words are brought back; nil: `markdown` counts.
    /// - Throws: `LookupError`; `StorageError`.
    func write(
        _ markdown: String, for block: String, of code: String, in system: CodeSystem, by author: String, base: Int,
        restoring restored: Int? = nil
    ) async throws -> EditorText {
        guard let kind = BlockKind(rawValue: block), EditorText.blocks.contains(kind) else {
            throw LookupError.invalid(
                field: "block",
                "“\(Catalogue.shortened(block))” is no block that editors write; use one of "
                    + EditorText.blocks.map(\.rawValue).joined(separator: ", ") + ".")
        }
        guard markdown.utf8.count <= EditorText.longestBytes else {
            throw LookupError.invalid(
                field: "markdown",
                "The text has \(markdown.utf8.count) bytes; \(EditorText.longestBytes) are the most.")
        }
        let isPlain = markdown.unicodeScalars.allSatisfy {
            $0.value >= 0x20 && $0.value != 0x7f || $0 == "\n" || $0 == "\r" || $0 == "\t"
        }
        guard isPlain else { throw LookupError.invalid(field: "markdown", "The text holds control characters.") }
        guard let store else { throw Self.unavailable }
        return try await store.append(
            EditorText(
                system: system, code: code, block: kind, version: 0,
                markdown: markdown.allSatisfy(\.isWhitespace) ? "" : markdown, author: author, createdAt: now(),
                restoredFrom: restored), base: base)
    }

    /// Versions, newest first, with the token of the next page.
    func versions(
        of code: String?, in system: CodeSystem?, pageSize: Int, pageToken: String
    ) throws -> (texts: [EditorText], nextPageToken: String) {
        guard let store else { throw Self.unavailable }
        let before = pageToken.isEmpty ? 0 : Int(pageToken) ?? -1
        guard before >= 0 else {
            throw LookupError.invalid(field: "page_token", "The page token is none of this list; start without one.")
        }
        let size = pageSize == 0 ? Self.listPage : min(pageSize, Self.largestListPage)
        let found = try store.versions(code, in: system, before: before, limit: size + 1)
        let page = found.prefix(size)
        return (page.map(\.text), found.count > size ? page.last.map { "\($0.row)" } ?? "" : "")
    }

    private static let unavailable = LookupError.unavailable(
        "The store of editors' texts could not be opened; the log of Lookup says why.")
}
