import Storage

/// Reads of codes, their places and what stands at them, in one snapshot.
///
/// Lives as long as one borrowed connection: make it inside `SnapshotReader.read`.
struct CodeStore {
    let connection: SnapshotConnection
    let contents: SnapshotContents
    /// The reader accepted the terms of licensed texts; of others' licensed titles only the code is given.
    let showsLicensed: Bool

    init(_ connection: SnapshotConnection, _ contents: SnapshotContents, showsLicensed: Bool = false) {
        self.connection = connection
        self.contents = contents
        self.showsLicensed = showsLicensed
    }

    /// The code of a canonical form, whatever editions list it.
    func codeID(_ code: String, in system: CodeSystem) throws -> CodeID? {
        try connection.first(
            "SELECT id FROM codes WHERE system = ? AND key = ?",
            {
                $0.bind(1, system.number)
                $0.bind(2, CodeForm.key(code))
            }
        ) { CodeID($0.int(0)) }
    }

    /// The code as an edition lists it.
    func listing(_ code: CodeID, in edition: EditionID) throws -> Listing? {
        try connection.first(
            """
            SELECT l.id, l.edition, l.code, c.code, l.parent, l.title, l.short_title, l.billable, l.added, l.retired,
                l.title_edition
            FROM listings l JOIN codes c ON c.id = l.code WHERE l.code = ? AND l.edition = ?
            """,
            {
                $0.bind(1, code.number)
                $0.bind(2, edition.number)
            }, row)
    }

    /// The code as the newest edition that has it and may be used lists it.
    func latestListing(_ code: CodeID) throws -> Listing? {
        let latest = try connection.first(
            """
            SELECT l.id, l.edition, l.code, c.code, l.parent, l.title, l.short_title, l.billable, l.added, l.retired,
                l.title_edition
            FROM codes c JOIN listings l ON l.id = c.latest WHERE c.id = ?
            """, { $0.bind(1, code.number) }, row)
        guard let latest, !contents.isVisible(latest.edition) else { return latest }
        return try listings(code).max {
            contents.edition($0.edition).record.effective < contents.edition($1.edition).record.effective
        }
    }

    /// Every listing of the code in editions that may be used, in the order of import.
    func listings(_ code: CodeID) throws -> [Listing] {
        let all = try connection.all(
            """
            SELECT l.id, l.edition, l.code, c.code, l.parent, l.title, l.short_title, l.billable, l.added, l.retired,
                l.title_edition
            FROM listings l JOIN codes c ON c.id = l.code WHERE l.code = ? ORDER BY l.edition
            """, { $0.bind(1, code.number) }, row)
        return all.filter { contents.isVisible($0.edition) }
    }

    /// From the top of the set down to the direct parent.
    func path(above listing: Listing) throws -> [Listing] {
        var path: [Listing] = []
        var parent = listing.parent
        while let code = parent, path.count < Self.deepest, let above = try self.listing(code, in: listing.edition) {
            path.append(above)
            parent = above.parent
        }
        return path.reversed()
    }

    /// Deeper than any code set (ICD-10-CM: chapter, section, six levels).
    private static let deepest = 16

    /// What stands directly below a heading, or at the top of the edition, after a listing.
    func children(
        of parent: CodeID?, in edition: EditionID, after: ListingID = ListingID(0), limit: Int
    ) throws -> [Listing] {
        try connection.all(
            """
            SELECT l.id, l.edition, l.code, c.code, l.parent, l.title, l.short_title, l.billable, l.added, l.retired,
                l.title_edition
            FROM listings l JOIN codes c ON c.id = l.code
            WHERE l.edition = ? AND l.parent IS ? AND l.id > ? ORDER BY l.id LIMIT ?
            """,
            {
                $0.bind(1, edition.number)
                $0.bind(2, parent?.number)
                $0.bind(3, after.number)
                $0.bind(4, limit)
            }, row)
    }

    /// How many codes stand directly below a heading.
    func childCount(of parent: CodeID, in edition: EditionID) throws -> Int {
        try connection.first(
            "SELECT count(*) FROM listings WHERE edition = ? AND parent = ?",
            {
                $0.bind(1, edition.number)
                $0.bind(2, parent.number)
            }
        ) { $0.int(0) } ?? 0
    }

    /// Whether anything stands below a heading.
    func hasChildren(_ parent: CodeID, in edition: EditionID) throws -> Bool {
        try connection.first(
            "SELECT 1 FROM listings WHERE edition = ? AND parent = ? LIMIT 1",
            {
                $0.bind(1, edition.number)
                $0.bind(2, parent.number)
            }
        ) { _ in true } ?? false
    }

    /// Up to `count` codes on each side in the order of the set: billable ones of a billable code, else those with the same
    /// parent.
    func neighbours(of listing: Listing, count: Int) throws -> [Listing] {
        let before: [Listing]
        let after: [Listing]
        if listing.billable {
            before = try connection.all(
                """
                SELECT l.id, l.edition, l.code, c.code, l.parent, l.title, l.short_title, l.billable, l.added, l.retired,
                    l.title_edition
                FROM listings l JOIN codes c ON c.id = l.code
                WHERE l.edition = ? AND l.billable = 1 AND l.id < ? ORDER BY l.id DESC LIMIT ?
                """, { Self.bindSide($0, listing, count) }, row)
            after = try connection.all(
                """
                SELECT l.id, l.edition, l.code, c.code, l.parent, l.title, l.short_title, l.billable, l.added, l.retired,
                    l.title_edition
                FROM listings l JOIN codes c ON c.id = l.code
                WHERE l.edition = ? AND l.billable = 1 AND l.id > ? ORDER BY l.id LIMIT ?
                """, { Self.bindSide($0, listing, count) }, row)
        } else {
            before = try connection.all(
                """
                SELECT l.id, l.edition, l.code, c.code, l.parent, l.title, l.short_title, l.billable, l.added, l.retired,
                    l.title_edition
                FROM listings l JOIN codes c ON c.id = l.code
                WHERE l.edition = ?1 AND l.parent IS ?4 AND l.id < ?2 ORDER BY l.id DESC LIMIT ?3
                """,
                {
                    Self.bindSide($0, listing, count)
                    $0.bind(4, listing.parent?.number)
                }, row)
            after = try children(of: listing.parent, in: listing.edition, after: listing.id, limit: count)
        }
        return before.reversed() + after
    }

    /// Up to `count` billable codes on each side in the order of codes, from editions that answer together (at most three are
    /// looked at), each code once.
    func neighbours(
        of listing: Listing, in system: CodeSystem, editions: [EditionID], count: Int
    ) throws -> [Listing] {
        func bind(_ row: SnapshotStatement) {
            row.bind(1, system.number)
            row.bind(2, CodeForm.key(listing.code))
            for place in 0..<3 { row.bind(Int32(place + 3), editions[min(place, editions.count - 1)].number) }
            // A code may stand in each edition.
            row.bind(6, count * 3)
        }
        let before = try connection.all(
            """
            SELECT l.id, l.edition, l.code, c.code, l.parent, l.title, l.short_title, l.billable, l.added, l.retired,
                l.title_edition
            FROM codes c JOIN listings l ON l.code = c.id
            WHERE c.system = ? AND c.key < ? AND l.billable = 1 AND l.edition IN (?, ?, ?) ORDER BY c.key DESC LIMIT ?
            """, bind, row)
        let after = try connection.all(
            """
            SELECT l.id, l.edition, l.code, c.code, l.parent, l.title, l.short_title, l.billable, l.added, l.retired,
                l.title_edition
            FROM codes c JOIN listings l ON l.code = c.id
            WHERE c.system = ? AND c.key > ? AND l.billable = 1 AND l.edition IN (?, ?, ?) ORDER BY c.key LIMIT ?
            """, bind, row)
        var seen: Set<CodeID> = []
        func distinct(_ side: [Listing]) -> [Listing] {
            Array(side.filter { seen.insert($0.codeID).inserted }.prefix(count))
        }
        return distinct(before).reversed() + distinct(after)
    }

    private static func bindSide(_ row: SnapshotStatement, _ listing: Listing, _ count: Int) {
        row.bind(1, listing.edition.number)
        row.bind(2, listing.id.number)
        row.bind(3, count)
    }

    /// Reads the eleven columns that every query for listings selects.
    private func row(_ row: SnapshotStatement) -> Listing {
        let edition = EditionID(row.int(1))
        let isWithheld = !showsLicensed && contents.edition(edition).record.isLicensed
        return Listing(
            id: ListingID(row.int(0)), edition: edition, codeID: CodeID(row.int(2)), code: row.text(3),
            parent: row.optionalInt(4).map(CodeID.init),
            title: isWithheld ? "\(row.text(3)) (licensed text)" : row.text(5),
            titleEdition: row.optionalInt(10).map(EditionID.init), shortTitle: isWithheld ? "" : row.text(6),
            billable: row.int(7) == 1, added: row.optionalInt(8).flatMap(Day.init(number:)),
            retired: row.optionalInt(9).flatMap(Day.init(number:)))
    }
}
