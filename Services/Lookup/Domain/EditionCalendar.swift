/// Which edition answers for which day.
///
/// Editions of a system are in force from their effective day to their end or to the day before the next edition takes
/// effect, whichever is first. Companion files (no codes of their own) never answer.
struct EditionCalendar: Sendable, Equatable {
    /// The edition or editions of one effective day that answer, and the day that statuses are computed for.
    struct Choice: Sendable, Equatable {
        /// Never empty; of equal standing, in the order of import.
        var editions: [LoadedEdition]
        var day: Day
        /// A sentence for the reader when the edition is not in force today; empty otherwise.
        var notice: String
        /// Whether the reader named a day.
        var dated: Bool
    }

    /// Newest first, code-holding ones only.
    private let bySystem: [CodeSystem: [LoadedEdition]]

    init(_ editions: [LoadedEdition]) {
        var bySystem: [CodeSystem: [LoadedEdition]] = [:]
        for edition in editions where edition.codes > 0 {
            bySystem[edition.record.system, default: []].append(edition)
        }
        self.bySystem = bySystem.mapValues { editions in
            editions.sorted { ($1.record.effective, $0.id.number) < ($0.record.effective, $1.id.number) }
        }
    }

    /// The systems that have an edition.
    var systems: [CodeSystem] { CodeSystem.allCases.filter { bySystem[$0] != nil } }

    /// All code-holding editions of a system, newest first.
    func editions(of system: CodeSystem) -> [LoadedEdition] { bySystem[system] ?? [] }

    /// - Parameters:
    ///   - day: the date of service; nil: the latest edition.
    ///   - today: what the notice and the statuses of an undated question are measured by.
    /// - Throws: `.notFound` when no edition of the system is loaded or none is in force on the day.
    func choose(_ system: CodeSystem, on day: Day?, today: Day) throws(LookupError) -> Choice {
        let editions = editions(of: system)
        guard let newest = editions.first?.record.effective else {
            throw .notFound("No edition of \(system.name) is loaded.")
        }
        guard let day else {
            let latest = editions.filter { $0.record.effective == newest }
            return Choice(
                editions: latest, day: clamp(today, to: latest[0].record), notice: notice(latest[0].record, today),
                dated: false)
        }
        let begun = editions.filter { $0.record.effective <= day }
        let standing = begun.filter { $0.record.effective == begun[0].record.effective }
        let inForce = standing.filter { $0.record.end.map { day <= $0 } ?? true }
        guard !inForce.isEmpty else {
            throw .notFound(
                "No loaded edition of \(system.name) is in force on \(day). Loaded: "
                    + editions.map(\.label).joined(separator: "; ") + ".")
        }
        return Choice(editions: inForce, day: day, notice: "", dated: true)
    }

    private func clamp(_ today: Day, to edition: EditionRecord) -> Day {
        if let end = edition.end, end < today { return end }
        return today
    }

    private func notice(_ edition: EditionRecord, _ today: Day) -> String {
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
