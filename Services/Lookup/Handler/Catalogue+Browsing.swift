import Storage

extension Catalogue {
    /// What stands directly below a heading.
    package struct Shelf: Sendable, Equatable {
        package struct Entry: Sendable, Equatable {
            package var listing: Listing
            package var hasChildren: Bool
        }

        package var system: CodeSystem
        /// From the top of the set down to the heading asked for, itself included; empty at the top.
        package var path: [Listing]
        package var entries: [Entry]
        package var source: PageSource
        package var nextPageToken: String
    }

    private static let browsePage = 200
    private static let largestBrowsePage = 500

    /// The codes directly below a heading; with an empty `code` the top of the set.
    /// - Throws: `LookupError`; `SnapshotError`.
    package func browse(
        _ code: String, in system: String, on day: String, pageSize: Int, pageToken: String
    ) throws -> Shelf {
        let size = pageSize == 0 ? Self.browsePage : min(pageSize, Self.largestBrowsePage)
        let fingerprint = PageToken.fingerprint(["browse", system, code, day])
        let named = try Self.system(system)
        let date = try Self.day(day)
        let question = code.isEmpty ? nil : try Question(system: system, code: code, day: day)
        return try reader.read { connection, contents in
            let store = CodeStore(connection, contents)
            let after = try PageToken.position(
                pageToken, of: fingerprint, in: contents.identity, atMost: Int(Int32.max))
            let heading = try question.map { try resolve($0, store) }
            let choice = try contents.calendar.choose(named, on: date, today: today())
            let edition = heading?.edition ?? choice.editions[0]
            let found = try store.children(
                of: heading?.listing.codeID, in: edition.id, after: ListingID(after), limit: size + 1)
            let entries = try found.prefix(size).map { listing in
                Shelf.Entry(
                    listing: listing,
                    hasChildren: try !listing.billable && store.hasChildren(listing.codeID, in: edition.id))
            }
            let next = found.count > size ? entries.last : nil
            let path = try heading.map { try store.path(above: $0.listing) + [$0.listing] } ?? []
            return Shelf(
                system: named, path: path, entries: entries, source: PageSource(edition.record),
                nextPageToken: next.map {
                    PageToken.text(at: $0.listing.id.number, of: fingerprint, in: contents.identity)
                } ?? "")
        }
    }

    /// Every loaded file, in the order of import.
    /// - Throws: `SnapshotError`.
    package func editions() throws -> (editions: [LoadedEdition], editionSet: String) {
        try reader.read { _, contents in (contents.editions, contents.identity) }
    }
}
