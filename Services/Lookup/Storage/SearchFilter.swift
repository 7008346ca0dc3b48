import Storage

/// Decides which documents of the index a search may answer with, and how they stand on its day.
struct SearchFilter {
    /// The systems to look through, in the order of their numbers.
    let systems: [CodeSystem]
    private let store: CodeStore
    private let billable: Bool?
    /// The numbers of the chapter asked for, one a system that has it; nil: any.
    private let chapters: Set<UInt32>?
    /// By system number; empty for systems that are left out.
    private let editions: [[LoadedEdition]]
    private let days: [Int32]
    /// By system number: a code must be listed by an edition of the day, since others list codes that they do not.
    private let mustBeListed: [Bool]
    /// By system number, the numbers of `editions`.
    private let listing: [[EditionID]]
    /// By system number, what the calendar chose.
    private let choices: [EditionCalendar.Choice?]

    init(_ store: CodeStore, _ filters: SearchFilters, today: Day) throws {
        self.store = store
        billable = filters.billable
        let calendar = store.contents.calendar
        var editions = [[LoadedEdition]](repeating: [], count: 256)
        var days = [Int32](repeating: 0, count: 256)
        var mustBeListed = [Bool](repeating: false, count: 256)
        var choices = [EditionCalendar.Choice?](repeating: nil, count: 256)
        var systems: [CodeSystem] = []
        var refused: LookupError?
        for system in CodeSystem.allCases.sorted(by: { $0.number < $1.number }) {
            guard filters.system == nil ? calendar.systems.contains(system) : filters.system == system else { continue }
            do throws(LookupError) {
                let choice = try calendar.choose(system, on: filters.day, today: today)
                systems.append(system)
                editions[system.number] = choice.editions
                choices[system.number] = choice
                days[system.number] = choice.day.number
                mustBeListed[system.number] =
                    filters.day != nil && calendar.editions(of: system).count > choice.editions.count
            } catch {
                refused = error
            }
        }
        if systems.isEmpty, let refused { throw refused }
        self.systems = systems
        self.editions = editions
        listing = editions.map { $0.map(\.id) }
        self.choices = choices
        self.days = days
        self.mustBeListed = mustBeListed
        chapters = try Self.chapters(filters.chapter, systems, store)
    }

    private static func chapters(_ chapter: String, _ systems: [CodeSystem], _ store: CodeStore) throws -> Set<UInt32>?
    {
        guard !chapter.isEmpty else { return nil }
        var numbers: Set<UInt32> = []
        for system in systems {
            guard let code = CodeForm.canonical(chapter, in: system), let id = try store.codeID(code, in: system)
            else { continue }
            numbers.insert(UInt32(id.number))
        }
        return numbers
    }

    /// Whether a document is among those asked for.
    func admits(_ document: SearchDocument) -> Bool {
        let system = Int(document.system)
        if editions[system].isEmpty { return false }
        if let billable, document.billable != billable { return false }
        if let chapters, !chapters.contains(document.chapter), !chapters.contains(document.code) { return false }
        return !mustBeListed[system] || store.contents.index.file.isListed(document, in: listing[system])
    }

    /// The code as the edition of the day lists it; without a day, as the newest edition that has it does.
    func listing(of document: SearchDocument) throws -> Listing? {
        let code = CodeID(Int(document.code))
        guard mustBeListed[Int(document.system)], let choice = choices[Int(document.system)] else {
            return try store.latestListing(code)
        }
        return try store.listing(code, in: choice, key: CodeForm.key(try store.text(of: code)))
    }

    /// The documents that a search in words goes through.
    var selection: SearchSelection {
        let file = store.contents.index.file
        var runs: [Range<Int>] = []
        for run in systems.map({ file.places(of: UInt8($0.number)) }) where !run.isEmpty {
            // Sets that stand side by side are one run.
            if let last = runs.last, last.upperBound == run.lowerBound {
                runs[runs.count - 1] = last.lowerBound..<run.upperBound
            } else {
                runs.append(run)
            }
        }
        return SearchSelection(places: runs, admits: admits)
    }

    /// Whether the code may be used on the day of the search, as its edition dates it: files that speak of years list codes before
    /// they begin and after they end.
    func isInForce(_ listing: Listing, of system: CodeSystem) -> Bool {
        let day = days[system.number]
        return (listing.added?.number ?? 0) <= day && day < (listing.retired?.number ?? .max)
    }

    /// How the code stands on the day of the search.
    func status(of document: SearchDocument) -> CodeStatus { document.status(on: days[Int(document.system)]) }
}
