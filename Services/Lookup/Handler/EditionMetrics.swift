import Glibc
import Metrics

/// How old the newest edition of each code set is, and when it ends, for whoever watches the desk.
enum EditionMetrics {
    /// The end of an edition that says none: the last second of the year 9999.
    static let never = 253_402_300_799

    /// - Parameter editions: those of the snapshot that is served.
    static func show(_ editions: [LoadedEdition]) {
        for (system, times) in times(of: editions) {
            let label = [("system", system.rawValue)]
            Meter(label: "lookup_edition_effective_timestamp_seconds", dimensions: label).set(times.effective)
            Meter(label: "lookup_edition_ends_timestamp_seconds", dimensions: label).set(times.ends)
        }
    }

    /// When the newest edition of each code set took effect, and the end of its last day; seconds since 1970.
    static func times(of editions: [LoadedEdition]) -> [CodeSystem: (effective: Int, ends: Int)] {
        let listed = editions.filter { $0.codes > 0 }
        return Dictionary(grouping: listed, by: \.record.system).compactMapValues { editions in
            guard let newest = editions.max(by: { $0.record.effective < $1.record.effective }) else { return nil }
            let ends = newest.record.end.map { seconds($0) + 86_399 } ?? never
            return (seconds(newest.record.effective), ends)
        }
    }

    /// Midnight UTC at the beginning of a day.
    private static func seconds(_ day: Day) -> Int {
        let number = Int(day.number)
        var parts = tm()
        parts.tm_year = Int32(number / 10_000 - 1900)
        parts.tm_mon = Int32(number / 100 % 100 - 1)
        parts.tm_mday = Int32(number % 100)
        return timegm(&parts)
    }
}
