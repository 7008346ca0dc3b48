import Storage

extension Catalogue {
    /// What changed in a code set between two days.
    struct Differences: Sendable, Equatable {
        var system: CodeSystem
        var from: Day
        var to: Day
        /// The editions that answer on each of the days.
        var before: [LoadedEdition]
        var after: [LoadedEdition]
        /// How many codes of each kind there are, in the order of `EditionDifference.Entry.Kind`.
        var counts: [Int]
        var entries: [EditionDifference.Entry]
        var notice: String
        var nextPageToken: String
    }

    private static let differencePage = 100
    private static let largestDifferencePage = 500
    /// CPT is licensed: no answer lists more of it than this.
    static let mostLicensedCodes = 1_000

    /// One page of what changed between the code set of one day and that of another.
    ///
    /// - Parameters:
    ///   - from: empty: the day on which the edition before that of `to` took effect.
    ///   - to: empty: the day on which the latest edition took effect.
    ///   - kind: added, revised or deleted; empty: all.
    /// - Throws: `LookupError`; `SnapshotError`.
    func differences(
        in system: String, from: String, to: String, kind: String, pageSize: Int, pageToken: String
    ) throws -> Differences {
        let named = try Self.system(system)
        let wanted = try Self.kind(kind)
        let days = (from: try Self.day(from, field: "from"), to: try Self.day(to, field: "to"))
        let size = pageSize == 0 ? Self.differencePage : min(pageSize, Self.largestDifferencePage)
        let fingerprint = PageToken.fingerprint(["differences", system, from, to, kind])
        return try reader.read { connection, contents in
            let store = CodeStore(connection, contents)
            let offset = try PageToken.position(
                pageToken, of: fingerprint, in: contents.identity, atMost: Int(Int32.max))
            var found = try compare(named, try Self.span(named, days, contents), store)
            found.counts = EditionDifference.Entry.Kind.allCases.map { kind in found.entries.count { $0.kind == kind } }
            if let wanted { found.entries.removeAll { $0.kind != wanted } }
            let end = min(offset + size, found.entries.count)
            if end < found.entries.count {
                found.nextPageToken = PageToken.text(at: end, of: fingerprint, in: contents.identity)
            }
            found.entries = offset < end ? Array(found.entries[offset..<end]) : []
            try complete(&found, store)
            return found
        }
    }

    /// The two days, from the calendar where the question leaves them out.
    private static func span(
        _ system: CodeSystem, _ days: (from: Day?, to: Day?), _ contents: SnapshotContents
    ) throws -> (from: Day, to: Day) {
        let effective = contents.calendar.effectiveDays(of: system)
        guard let newest = effective.first else {
            throw LookupError.notFound("No edition of \(system.name) is loaded.")
        }
        let last = days.to ?? newest
        let standing = effective.first { $0 <= last }
        guard let first = days.from ?? effective.first(where: { day in standing.map { day < $0 } ?? false }) else {
            throw LookupError.notFound(
                "Only one edition of \(system.name) is loaded by \(last): there is nothing to compare it with.")
        }
        guard first < last else {
            throw LookupError.invalid(field: "from", "\(first) does not lie before \(last).")
        }
        return (first, last)
    }

    private func compare(_ system: CodeSystem, _ span: (from: Day, to: Day), _ store: CodeStore) throws -> Differences {
        let calendar = store.contents.calendar
        let before = try calendar.choose(system, on: span.from, today: today())
        let after = try calendar.choose(system, on: span.to, today: today())
        var entries: [EditionDifference.Entry] = []
        var uncompared = 0
        for code in try store.changed(in: system, after: span.from, until: span.to) {
            let text = try store.text(of: code)
            let key = CodeForm.key(text)
            let old = try store.listing(code, in: before, key: key).flatMap { $0.isActive(on: span.from) ? $0 : nil }
            let new = try store.listing(code, in: after, key: key).flatMap { $0.isActive(on: span.to) ? $0 : nil }
            guard let entry = EditionDifference.compare(old, new) else { continue }
            if entry.kind == .added, old == nil, let new, !Self.isProvenNew(new, before, span.from, store) {
                uncompared += 1
            } else {
                entries.append(entry)
            }
        }
        let notice =
            uncompared == 0
            ? ""
            : "\(uncompared) codes are only in the later file, and nothing says that they are new: the two files do not "
                + "cover the same codes (CDT codes, for one). They are not counted as added."
        return Differences(
            system: system, from: span.from, to: span.to, before: before.editions, after: after.editions, counts: [],
            entries: entries, notice: notice, nextPageToken: "")
    }

    /// A code that the earlier editions do not list is new when it says so itself, or when one of them has the same source
    /// as the edition that lists it, and so would have listed it.
    private static func isProvenNew(
        _ listing: Listing, _ before: EditionCalendar.Choice, _ day: Day, _ store: CodeStore
    ) -> Bool {
        if let added = listing.added { return added > day }
        let source = store.contents.edition(listing.edition).record
        let isOfHCPCS = source.system == .hcpcs || source.system == .hcpcsModifier
        return !isOfHCPCS || before.editions.contains { $0.record.sourceName == source.sourceName }
    }

    /// Adds what only a page's entries need. Licensed titles stay out: this list is free.
    private func complete(_ found: inout Differences, _ store: CodeStore) throws {
        let choice = try store.contents.calendar.choose(found.system, on: found.to, today: today())
        for (place, entry) in found.entries.enumerated() where entry.kind == .deleted {
            guard let code = try store.codeID(entry.code, in: found.system), let listing = try store.latestListing(code)
            else { continue }
            found.entries[place].replacements = try Self.replacements(
                of: listing, in: found.system, isRetired: true, choice, store)
        }
        guard found.system == .cpt || found.system == .cptModifier else { return }
        found.entries = found.entries.map { .init(kind: $0.kind, code: $0.code, title: "") }
    }

    private static func kind(_ text: String) throws(LookupError) -> EditionDifference.Entry.Kind? {
        if text.isEmpty { return nil }
        guard let kind = EditionDifference.Entry.Kind(rawValue: text) else {
            throw .invalid(field: "kind", "“\(shortened(text))” is none of added, revised and deleted.")
        }
        return kind
    }
}
