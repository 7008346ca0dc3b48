/// The codes that a snapshot under construction holds so far, by system and canonical form.
struct CodeLedger {
    /// A code whatever editions list it. Its number is its place in `codes`, plus one.
    struct Code {
        let system: CodeSystem
        let code: String
        /// Its listing in the newest edition that lists it.
        var latest = 0
        /// That edition's effective day.
        var latestEffective: Day
        var billable = false
        var added: Day?
        var retired: Day?
        /// The number of the heading at the top; 0 when it stands at the top itself.
        var chapter = 0
        /// The edition, counted by `begin`, that listed it last.
        var lastEdition = 0
    }

    private(set) var codes: [Code] = []
    /// Effective days of the editions that hold codes.
    private(set) var effectiveDays: [CodeSystem: [Day]] = [:]
    private var numbers: [CodeSystem: [String: Int]] = [:]
    private var system = CodeSystem.icd10cm
    private var effective: Day?
    private var edition = 0

    mutating func begin(_ system: CodeSystem, effective: Day) {
        self.system = system
        self.effective = effective
        edition += 1
        if numbers[system] == nil { numbers[system] = [:] }
    }

    mutating func end(holdsCodes: Bool) {
        if holdsCodes, let effective { effectiveDays[system, default: []].append(effective) }
    }

    /// The code's number in the current system; nil when no edition has listed it.
    func id(of code: String) -> Int? { numbers[system]?[code] }

    /// Enters a code of the current edition.
    /// - Returns: its number and its parent's.
    mutating func list(_ record: CodeRecord, as listing: Int) throws(SnapshotBuildError) -> (code: Int, parent: Int?) {
        guard let effective else { throw .order("a code outside an edition") }
        var parent: Int?
        if let above = record.parent {
            guard let number = id(of: above), codes[number - 1].lastEdition == edition, above != record.code else {
                throw .unknownParent(code: record.code, parent: above)
            }
            parent = number
        }
        let number: Int
        if let known = id(of: record.code) {
            guard codes[known - 1].lastEdition != edition else { throw .duplicate(record.code) }
            number = known
        } else {
            codes.append(Code(system: system, code: record.code, latestEffective: effective))
            number = codes.count
            numbers[system]?[record.code] = number
        }
        codes[number - 1].lastEdition = edition
        if codes[number - 1].latest == 0 || codes[number - 1].latestEffective <= effective {
            codes[number - 1].latest = listing
            codes[number - 1].latestEffective = effective
            codes[number - 1].billable = record.billable
            codes[number - 1].added = record.added
            codes[number - 1].retired = record.retired
            codes[number - 1].chapter = parent.map { codes[$0 - 1].chapter == 0 ? $0 : codes[$0 - 1].chapter } ?? 0
        }
        return (number, parent)
    }

    /// The first day on which a code may no longer be used: its own, or the day of the first edition that dropped it.
    func retirement(of code: Code) -> Day? {
        if let retired = code.retired { return retired }
        return effectiveDays[code.system]?.filter { $0 > code.latestEffective }.min()
    }
}
