import Storage

extension Catalogue {
    /// What stands directly below a heading.
    struct Shelf: Sendable, Equatable {
        struct Entry: Sendable, Equatable {
            var listing: Listing
            var hasChildren: Bool
        }

        var system: CodeSystem
        /// From the top of the set down to the heading asked for, itself included; empty at the top.
        var path: [Listing]
        var entries: [Entry]
        var source: PageSource
        var nextPageToken: String
    }

    private static let browsePage = 200
    private static let largestBrowsePage = 500

    /// The codes directly below a heading; with an empty `code` the top of the set.
    /// - Throws: `LookupError`; `SnapshotError`.
    func browse(
        _ code: String, in system: String, on day: String, pageSize: Int, pageToken: String, licensedTexts: Bool = false
    ) throws -> Shelf {
        let size = pageSize == 0 ? Self.browsePage : min(pageSize, Self.largestBrowsePage)
        let fingerprint = PageToken.fingerprint(["browse", system, code, day])
        let named = try Self.system(system)
        let date = try Self.day(day)
        let question = code.isEmpty ? nil : try Question(system: system, code: code, day: day)
        return try reader.read { connection, contents in
            let store = CodeStore(connection, contents, showsLicensed: licensedTexts)
            let after = try PageToken.position(
                pageToken, of: fingerprint, in: contents.identity, atMost: Int(Int32.max))
            let heading = try question.map { try resolve($0, store) }
            let choice = try contents.calendar.choose(named, on: date, today: today())
            // A heading that only an older edition lists is browsed there.
            let editions =
                heading.map { heading in
                    choice.editions.contains { $0.id == heading.edition.id } ? [] : [heading.edition]
                }
                ?? []
            let shelves = editions.isEmpty ? choice.editions : editions
            let found = try Self.children(
                of: heading?.listing.codeID, in: shelves, after: ListingID(after), limit: size + 1, store)
            let entries = try found.prefix(size).map { listing in
                Shelf.Entry(
                    listing: listing,
                    hasChildren: try !listing.billable
                        && shelves.contains { try store.hasChildren(listing.codeID, in: $0.id) })
            }
            let next = found.count > size ? entries.last : nil
            let path = try heading.map { try store.path(above: $0.listing) + [$0.listing] } ?? []
            return Shelf(
                system: named, path: path, entries: entries,
                source: PageSource((heading?.edition ?? choice.principal).record),
                nextPageToken: next.map {
                    PageToken.text(at: $0.listing.id.number, of: fingerprint, in: contents.identity)
                } ?? "")
        }
    }

    /// What stands below a heading in editions that answer together, each code once.
    private static func children(
        of heading: CodeID?, in editions: [LoadedEdition], after: ListingID, limit: Int, _ store: CodeStore
    ) throws -> [Listing] {
        var found: [Listing] = []
        for (place, edition) in editions.enumerated() {
            // Numbers of listings grow from edition to edition, so that one position serves for all.
            var position = after
            while found.count < limit {
                let listings = try store.children(of: heading, in: edition.id, after: position, limit: limit)
                for listing in listings where found.count < limit {
                    // Listed by an edition that is asked first, or dropped by one.
                    let isKnown = try editions[..<place].contains {
                        if $0.record.effective > edition.record.effective,
                            $0.record.coverage.covers(CodeForm.key(listing.code))
                        {
                            return true
                        }
                        return try store.listing(listing.codeID, in: $0.id) != nil
                    }
                    if !isKnown { found.append(listing) }
                    position = listing.id
                }
                if listings.count < limit { break }
            }
        }
        return found
    }

    /// Every loaded file, in the order of import.
    /// - Throws: `SnapshotError`.
    func editions() throws -> (editions: [LoadedEdition], editionSet: String) {
        try reader.read { _, contents in (contents.editions, contents.identity) }
    }
}
