import Storage

extension Catalogue {
    /// Neighbours shown on each side of a code.
    private static let neighbourCount = 2
    /// Children shown on the page of a heading; more are found by browsing.
    private static let childLimit = 200

    /// The page of a code. Of the blocks that `open` does not name, nothing is read.
    ///
    /// - Parameter licensedTexts: the reader accepted the terms of the licensed texts.
    /// - Throws: `LookupError`; `SnapshotError`.
    func page(
        of code: String, in system: String, on day: String, open: [String], licensedTexts: Bool = false
    ) throws -> (CodePage, editionSet: String) {
        let question = try Question(system: system, code: code, day: day)
        let open = try Self.kinds(open)
        return try reader.read { connection, contents in
            let store = CodeStore(connection, contents, showsLicensed: licensedTexts)
            let found = try resolve(question, store)
            let path = try store.path(above: found.listing)
            let written = open.isDisjoint(with: EditorText.blocks) ? [:] : try texts(found.listing.code, found.system)
            let blocks = try PageBlocks(store, found, path, axisNames, written).blocks(open)
            let children =
                found.listing.billable
                ? []
                : try store.children(
                    of: found.listing.codeID, in: found.listing.edition, limit: Self.childLimit)
            let page = CodePage(
                system: found.system, listing: found.listing, status: found.status, blocks: blocks, parents: path,
                neighbours: try neighbours(of: found, store), children: children,
                source: PageSource(found.edition.record), notice: found.notice)
            // A page with a text of its own changes with it, not with the editions alone.
            let versions = written.values.map { "\($0.block.rawValue)\($0.version)" }.sorted().joined(separator: ".")
            return (page, versions.isEmpty ? contents.identity : contents.identity + "." + versions)
        }
    }

    private func neighbours(of found: Resolved, _ store: CodeStore) throws -> [Listing] {
        if found.together.count > 1, found.listing.billable {
            return try store.neighbours(
                of: found.listing, in: found.system, editions: found.together.map(\.id), count: Self.neighbourCount)
        }
        return try store.neighbours(of: found.listing, count: Self.neighbourCount)
    }

    private static func kinds(_ open: [String]) throws(LookupError) -> Set<BlockKind> {
        guard open.count <= BlockKind.allCases.count else {
            throw .invalid(field: "open_blocks", "A page has only \(BlockKind.allCases.count) blocks.")
        }
        var kinds: Set<BlockKind> = []
        for text in open {
            guard let kind = BlockKind(rawValue: text) else {
                throw .invalid(
                    field: "open_blocks",
                    "“\(shortened(text))” is no block; use "
                        + BlockKind.allCases.map(\.rawValue).joined(separator: ", ") + ".")
            }
            kinds.insert(kind)
        }
        return kinds
    }
}
