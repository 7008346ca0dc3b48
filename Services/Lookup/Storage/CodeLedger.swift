/// The codes that a snapshot under construction holds so far, by system and canonical form.
struct CodeLedger {
    /// A code whatever editions list it. Its number is its place in `codes`, plus one.
    struct Code {
        let system: CodeSystem
        let code: String
        /// Its listing in the newest edition that lists it; 0 until one does.
        var latest = 0
        /// The number of that edition, counted by `begin`.
        var latestEdition = 0
        var billable = false
        var added: Day?
        var retired: Day?
        /// The number of the heading at the top; 0 when it stands at the top itself.
        var chapter = 0
        /// The edition that listed it last, in the order of import.
        var lastEdition = 0
        /// How every edition lists it, in the order of import.
        var standings: [CodeStanding] = []
        /// The long titles that editions give it together with short ones.
        var wordings: [Wording.Known] = []
    }

    /// An edition that holds codes or will.
    struct Edition {
        let record: EditionRecord
        var holdsCodes = false
    }

    private(set) var codes: [Code] = []
    /// In the order of import; the number of an edition is its place, plus one.
    private(set) var editions: [Edition] = []
    private var numbers: [CodeSystem: [String: Int]] = [:]

    mutating func begin(_ record: EditionRecord) {
        editions.append(Edition(record: record))
        if numbers[record.system] == nil { numbers[record.system] = [:] }
    }

    mutating func end(holdsCodes: Bool) {
        if !editions.isEmpty { editions[editions.count - 1].holdsCodes = holdsCodes }
    }

    /// The code's number in the current system; nil when no edition has listed it.
    func id(of code: String) -> Int? { editions.last.flatMap { numbers[$0.record.system]?[code] } }

    /// Enters a code of the current edition.
    /// - Returns: its number, its parent's, the long title that it takes from another edition, if any, and whether the
    ///   title is a stand-in for one that the file does not give.
    mutating func list(_ record: CodeRecord, as listing: Int) throws(SnapshotBuildError) -> (
        code: Int, parent: Int?, carried: Wording.Known?, isStandIn: Bool
    ) {
        guard let edition = editions.last?.record else { throw .order("a code outside an edition") }
        let place = editions.count
        var parent: Int?
        if let above = record.parent {
            guard let number = id(of: above), codes[number - 1].lastEdition == place, above != record.code else {
                throw .unknownParent(code: record.code, parent: above)
            }
            parent = number
        }
        let number: Int
        if let known = id(of: record.code) {
            guard codes[known - 1].lastEdition != place else { throw .duplicate(record.code) }
            number = known
        } else {
            codes.append(Code(system: edition.system, code: record.code))
            number = codes.count
            numbers[edition.system]?[record.code] = number
        }
        let chapter = parent.map { codes[$0 - 1].chapter == 0 ? $0 : codes[$0 - 1].chapter } ?? 0
        let carried = enter(record, number: number, place: place, edition)
        if isNewer(edition, than: codes[number - 1].latestEdition) {
            codes[number - 1].latest = listing
            codes[number - 1].latestEdition = place
            codes[number - 1].billable = record.billable
            codes[number - 1].added = record.added
            codes[number - 1].retired = record.retired
            codes[number - 1].chapter = chapter
        }
        let isStandIn = edition.carriesLongTitles && record.billable && record.shortTitle.isEmpty
        return (number, parent, carried, isStandIn)
    }

    /// Remembers how the edition words and dates the code.
    private mutating func enter(
        _ record: CodeRecord, number: Int, place: Int, _ edition: EditionRecord
    ) -> Wording.Known? {
        let index = number - 1
        codes[index].lastEdition = place
        var carried: Wording.Known?
        if edition.carriesLongTitles, !codes[index].wordings.isEmpty {
            carried = Wording.carried(record.shortTitle, on: edition.effective, from: codes[index].wordings)
        }
        let wording = Wording(title: record.title, shortTitle: record.shortTitle, carried: edition.carriesLongTitles)
        codes[index].standings.append(
            CodeStanding(edition: place, wording: wording, billable: record.billable, record.added, record.retired))
        if record.billable, !wording.long.isEmpty {
            codes[index].wordings.append(
                Wording.Known(
                    edition: EditionID(place), effective: edition.effective, short: wording.short, long: wording.long))
        }
        return carried
    }

    private func isNewer(_ edition: EditionRecord, than latest: Int) -> Bool {
        guard latest > 0 else { return true }
        let other = editions[latest - 1].record
        if edition.effective != other.effective { return edition.effective > other.effective }
        return edition.coverage.isFull && !other.coverage.isFull
    }

    /// The first day on which a code may no longer be used: its own, or the day of the first edition that dropped it.
    func retirement(of code: Code) -> Day? {
        if let retired = code.retired { return retired }
        let latest = editions[code.latestEdition - 1].record.effective
        let key = CodeForm.key(code.code)
        return editions.filter { edition in
            edition.holdsCodes && edition.record.system == code.system && edition.record.effective > latest
                && edition.record.coverage.covers(key)
        }.map(\.record.effective).min()
    }
}
