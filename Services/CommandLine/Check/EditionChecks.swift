import Lookup

/// Whether the newest edition of each code set is still in force.
struct EditionChecks {
    let editions: [LoadedEdition]
    /// YYYY-MM-DD.
    let today: String

    /// One for each code set whose newest edition has ended: its pages carry a notice from then on.
    func findings() -> [Finding] {
        let listed = editions.filter { $0.codes > 0 }
        return CodeSystem.allCases.compactMap { system in
            let newest = listed.filter { $0.record.system == system }.max { $0.record.effective < $1.record.effective }
            guard let newest, let end = newest.record.end, "\(end)" < today else { return nil }
            return .notice(
                "edition of \(system.name)",
                "\(newest.record.edition) ended on \(end). Take the next one: `codingahead data pull`, then "
                    + "`codingahead data import`.")
        }
    }
}
