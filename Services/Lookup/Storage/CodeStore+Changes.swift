import Storage

extension CodeStore {
    /// The codes of a system that changed after one day and until another, in the order of their keys.
    func changed(in system: CodeSystem, after first: Day, until last: Day) throws -> [CodeID] {
        try connection.all(
            """
            SELECT id FROM codes WHERE id IN (SELECT code FROM changes WHERE system = ?1 AND day > ?2 AND day <= ?3)
            ORDER BY key
            """,
            {
                $0.bind(1, system.number)
                $0.bind(2, Int(first.number))
                $0.bind(3, Int(last.number))
            }
        ) { CodeID($0.int(0)) }
    }

    /// The code as the first of these editions that lists it does; nil when none does, or a later one has dropped it.
    func listing(_ code: CodeID, in choice: EditionCalendar.Choice, key: String) throws -> Listing? {
        for (place, edition) in choice.editions.enumerated() {
            if let listing = try listing(code, in: edition.id) { return listing }
            if choice.isSettled(key, after: place) { return nil }
        }
        return nil
    }

    /// The canonical form of a code.
    func text(of code: CodeID) throws -> String {
        try connection.first("SELECT code FROM codes WHERE id = ?", { $0.bind(1, code.number) }) { $0.text(0) } ?? ""
    }

    /// The codes that the newest file which refers this one to others names, as the file writes them, with that edition.
    func references(of code: CodeID) throws -> (edition: EditionID, codes: [String])? {
        let rows = try connection.all(
            "SELECT edition, value FROM facts WHERE code = ? AND name = 'Cross-reference' ORDER BY edition DESC, rowid",
            { $0.bind(1, code.number) }
        ) { (edition: EditionID($0.int(0)), value: $0.text(1)) }
        let newest = rows.map { contents.edition($0.edition) }.max { $1.record.effective > $0.record.effective }
        guard let newest else { return nil }
        return (newest.id, rows.filter { $0.edition == newest.id && $0.value.utf8.count == 5 }.map(\.value))
    }

    /// The codes that files refer to this one.
    func referring(to code: String, in system: CodeSystem) throws -> [Listing] {
        let codes = try connection.all(
            """
            SELECT DISTINCT f.code FROM facts f JOIN codes c ON c.id = f.code
            WHERE f.name = 'Cross-reference' AND f.value = ? AND c.system = ? ORDER BY c.key LIMIT 50
            """,
            {
                $0.bind(1, code)
                $0.bind(2, system.number)
            }
        ) { CodeID($0.int(0)) }
        return try codes.compactMap(latestListing)
    }

    /// The billable codes of these editions whose keys begin with a key and are longer: what a code was divided into.
    func extensions(of key: String, in system: CodeSystem, _ choice: EditionCalendar.Choice) throws -> [Listing] {
        var found: [Listing] = []
        try codes(of: system, from: key + "0", to: key + "~") { code, longer in
            if longer.hasPrefix(key),
                let listing = try listing(code, in: choice, key: longer), listing.billable,
                listing.isActive(on: choice.day)
            {
                found.append(listing)
            }
            return found.count < Self.mostExtensions
        }
        return found
    }

    /// More than a code was ever divided into; a category's whole contents are not its replacement.
    static let mostExtensions = 40
}
