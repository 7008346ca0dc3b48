import Storage

/// Lists the codes of a system whose code or title holds some words, in the order of the codes.
struct CodeExpansion {
    /// Words beyond these narrow nothing down.
    static let mostWords = 4
    /// Editions of one day that answer together.
    private static let mostEditions = 3

    let connection: SnapshotConnection
    let editions: [EditionID]
    /// Only below this heading; nil: the whole set.
    let heading: CodeID?
    /// Lower-case letters and digits.
    let words: [String]
    let billableOnly: Bool
    /// Only codes in use on it; nil: all.
    let activeOn: Day?
    /// Titles are licensed and not for this reader: words are looked for in codes alone.
    let withholdsTitles: Bool

    /// How many codes fit.
    func count() throws -> Int {
        try connection.first(
            """
            WITH RECURSIVE tree(code) AS (
                SELECT ?4 WHERE ?4 IS NOT NULL UNION
                SELECT l.code FROM listings l JOIN tree t ON l.parent = t.code WHERE l.edition IN (?1, ?2, ?3))
            SELECT count(DISTINCT l.code) FROM listings l JOIN codes c ON c.id = l.code
            WHERE l.edition IN (?1, ?2, ?3) AND (?4 IS NULL OR l.code IN (SELECT code FROM tree WHERE code <> ?4))
                AND (?5 = 0 OR l.billable = 1)
                AND (?6 IS NULL OR (coalesce(l.added, 0) <= ?6 AND coalesce(l.retired, 99999999) > ?6))
                AND (?7 IS NULL
                    OR ' ' || replace(c.code, '.', '') || ' ' || c.code || ' ' || iif(?13, '', l.title) LIKE ?7)
                AND (?8 IS NULL
                    OR ' ' || replace(c.code, '.', '') || ' ' || c.code || ' ' || iif(?13, '', l.title) LIKE ?8)
                AND (?9 IS NULL
                    OR ' ' || replace(c.code, '.', '') || ' ' || c.code || ' ' || iif(?13, '', l.title) LIKE ?9)
                AND (?10 IS NULL
                    OR ' ' || replace(c.code, '.', '') || ' ' || c.code || ' ' || iif(?13, '', l.title) LIKE ?10)
            """, bind
        ) { $0.int(0) } ?? 0
    }

    /// Some of them.
    func entries(offset: Int, limit: Int) throws -> [Entry] {
        try connection.all(
            """
            WITH RECURSIVE tree(code) AS (
                SELECT ?4 WHERE ?4 IS NOT NULL UNION
                SELECT l.code FROM listings l JOIN tree t ON l.parent = t.code WHERE l.edition IN (?1, ?2, ?3))
            SELECT c.code, max(l.title), max(l.billable), max(l.added), min(l.retired)
            FROM listings l JOIN codes c ON c.id = l.code
            WHERE l.edition IN (?1, ?2, ?3) AND (?4 IS NULL OR l.code IN (SELECT code FROM tree WHERE code <> ?4))
                AND (?5 = 0 OR l.billable = 1)
                AND (?6 IS NULL OR (coalesce(l.added, 0) <= ?6 AND coalesce(l.retired, 99999999) > ?6))
                AND (?7 IS NULL
                    OR ' ' || replace(c.code, '.', '') || ' ' || c.code || ' ' || iif(?13, '', l.title) LIKE ?7)
                AND (?8 IS NULL
                    OR ' ' || replace(c.code, '.', '') || ' ' || c.code || ' ' || iif(?13, '', l.title) LIKE ?8)
                AND (?9 IS NULL
                    OR ' ' || replace(c.code, '.', '') || ' ' || c.code || ' ' || iif(?13, '', l.title) LIKE ?9)
                AND (?10 IS NULL
                    OR ' ' || replace(c.code, '.', '') || ' ' || c.code || ' ' || iif(?13, '', l.title) LIKE ?10)
            GROUP BY l.code ORDER BY c.key LIMIT ?11 OFFSET ?12
            """,
            {
                bind($0)
                $0.bind(11, limit)
                $0.bind(12, offset)
            }
        ) { row in
            Entry(
                code: row.text(0), title: withholdsTitles ? "\(row.text(0)) (licensed text)" : row.text(1),
                billable: row.int(2) == 1,
                added: row.optionalInt(3).flatMap(Day.init(number:)),
                retired: row.optionalInt(4).flatMap(Day.init(number:)))
        }
    }

    /// A code as it is listed.
    struct Entry: Sendable, Equatable {
        var code: String
        var title: String
        var billable: Bool
        var added: Day?
        var retired: Day?
    }

    private func bind(_ row: SnapshotStatement) {
        for place in 0..<Self.mostEditions {
            row.bind(Int32(place + 1), editions[min(place, editions.count - 1)].number)
        }
        row.bind(4, heading?.number)
        row.bind(5, billableOnly ? 1 : 0)
        row.bind(6, activeOn.map { Int($0.number) })
        row.bind(13, withholdsTitles ? 1 : 0)
        for place in 0..<Self.mostWords {
            let parameter = Int32(place + 7)
            if place < words.count { row.bind(parameter, "% \(words[place])%") } else { row.bind(parameter, nil) }
        }
    }
}
