/// Which editions answer for which day.
///
/// Full editions of a system are in force from their effective day to their end or to the day before the next full one
/// takes effect, whichever is first. Partial editions lie over the full one that is in force when they take effect, until
/// their own end or the next full one. Companion files (no codes of their own) never answer.
struct EditionCalendar: Sendable, Equatable {
    /// The editions that answer together, and the day that statuses are computed for.
    struct Choice: Sendable, Equatable {
        /// Never empty; the first one that lists a code answers for it.
        var editions: [LoadedEdition]
        var day: Day
        /// Whether the reader named a day.
        var dated: Bool

        /// The one with the most codes, which stands for all in messages.
        var principal: LoadedEdition { editions.max { $0.codes < $1.codes } ?? editions[0] }

        /// Whether a later edition would know the code if it were still valid, so that older ones need not be asked.
        ///
        /// - Parameters:
        ///   - place: of an edition that does not list the code.
        ///   - key: the code without its dot.
        func isSettled(_ key: String, after place: Int) -> Bool {
            guard editions.indices.contains(place + 1), editions[place].record.coverage.covers(key) else {
                return false
            }
            return editions[place + 1].record.effective < editions[place].record.effective
        }
    }

    /// Newest first; on one day full ones first, then in the order of import. Code-holding ones only.
    private let bySystem: [CodeSystem: [LoadedEdition]]

    init(_ editions: [LoadedEdition]) {
        var bySystem: [CodeSystem: [LoadedEdition]] = [:]
        for edition in editions where edition.codes > 0 {
            bySystem[edition.record.system, default: []].append(edition)
        }
        self.bySystem = bySystem.mapValues { $0.sorted(by: Self.answersBefore) }
    }

    /// Whether one edition is asked before another.
    static func answersBefore(_ one: LoadedEdition, _ other: LoadedEdition) -> Bool {
        if one.record.effective != other.record.effective { return one.record.effective > other.record.effective }
        if one.record.coverage.isFull != other.record.coverage.isFull { return one.record.coverage.isFull }
        return one.id.number < other.id.number
    }

    /// The systems that have an edition.
    var systems: [CodeSystem] { CodeSystem.allCases.filter { bySystem[$0] != nil } }

    /// All code-holding editions of a system, newest first.
    func editions(of system: CodeSystem) -> [LoadedEdition] { bySystem[system] ?? [] }

    /// The days on which an edition of a system took effect, newest first.
    func effectiveDays(of system: CodeSystem) -> [Day] {
        editions(of: system).map(\.record.effective).reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }

    /// - Parameters:
    ///   - day: the date of service; nil: the latest edition.
    ///   - today: what the notice and the statuses of an undated question are measured by.
    /// - Throws: `.notFound` when no edition of the system is loaded or none is in force on the day.
    func choose(_ system: CodeSystem, on day: Day?, today: Day) throws(LookupError) -> Choice {
        let editions = editions(of: system)
        guard let newest = editions.first else {
            throw .notFound("No edition of \(system.name) is loaded.")
        }
        guard let day else {
            let base = editions.first { $0.record.coverage.isFull } ?? newest
            let latest = editions.filter { edition in
                if edition.record.effective == base.record.effective { return true }
                let overlaps = edition.record.end.map { base.record.effective <= $0 } ?? true
                return !edition.record.coverage.isFull
                    && (base.record.coverage.isFull ? edition.record.effective > base.record.effective : overlaps)
            }
            return Choice(editions: latest, day: Self.clamp(today, to: newest.record), dated: false)
        }
        let inForce = Self.inForce(editions, on: day)
        guard !inForce.isEmpty else {
            throw .notFound(
                "No loaded edition of \(system.name) is in force on \(day). Loaded: "
                    + editions.map(\.label).joined(separator: "; ") + ".")
        }
        return Choice(editions: inForce, day: day, dated: true)
    }

    private static func inForce(_ editions: [LoadedEdition], on day: Day) -> [LoadedEdition] {
        let begun = editions.filter { $0.record.effective <= day }
        let base = begun.first { $0.record.coverage.isFull }?.record.effective
        return begun.filter { edition in
            guard edition.record.end.map({ day <= $0 }) ?? true else { return false }
            guard let base else { return true }
            return edition.record.coverage.isFull
                ? edition.record.effective == base : edition.record.effective >= base
        }
    }

    private static func clamp(_ today: Day, to edition: EditionRecord) -> Day {
        if let end = edition.end, end < today { return end }
        return today
    }

    /// A sentence for the reader of an undated page when the edition is not in force today; empty otherwise.
    static func notice(_ edition: EditionRecord, today: Day) -> String {
        if let end = edition.end, end < today {
            return "\(edition.sourceName), \(edition.edition), is the latest edition loaded; "
                + "its validity ended on \(end)."
        }
        if edition.effective > today {
            return "\(edition.sourceName), \(edition.edition), takes effect on \(edition.effective)."
        }
        return ""
    }
}
