import Storage

extension Catalogue {
    /// Whether a code is one of a system on a day.
    struct Validation: Sendable {
        var result = false
        var message = ""
        var found: (code: String, title: String, source: PageSource, status: CodeStatus)?
    }

    /// How two codes stand to each other; the words are FHIR's.
    enum Subsumption: String, Sendable {
        case equivalent, subsumes
        case subsumedBy = "subsumed-by"
        case notSubsumed = "not-subsumed"
    }

    /// A part of a code system.
    struct Expansion: Sendable {
        var system: CodeSystem
        var entries: [CodeExpansion.Entry]
        var day: Day
        var total: Int
        /// More fit than may be handed out.
        var isCut: Bool
        var source: PageSource
    }

    /// A code with what the loaded files say of it.
    struct Description: Sendable {
        var page: CodePage
        var facts: [FactRecord]
    }

    /// CPT is licensed: larger parts are not handed out.
    private static let mostCPT = 1_000
    private static let expansionPage = 100
    private static let largestExpansionPage = 1_000
    private static let furthestOffset = 100_000
    private static let longestFilter = 200
    private static let childLimit = 200

    /// A code with its place and its indicators.
    /// - Throws: `LookupError`; `SnapshotError`.
    func describe(
        _ code: String, in system: String, on day: String, licensedTexts: Bool = false
    ) throws -> Description {
        let question = try Question(system: system, code: code, day: day)
        return try reader.read { connection, contents in
            let store = CodeStore(connection, contents, showsLicensed: licensedTexts)
            let found = try resolve(question, store)
            let listing = found.listing
            let page = CodePage(
                system: found.system, listing: listing, status: found.status, blocks: [],
                parents: try store.path(above: listing), neighbours: [],
                children: listing.billable
                    ? [] : try store.children(of: listing.codeID, in: listing.edition, limit: Self.childLimit),
                source: PageSource(found.edition.record), notice: found.notice)
            let editions = try store.editionsWithFacts(listing.codeID)
            let facts = try editions.last.map { try store.facts(listing.codeID, listing.code, in: $0) }
            return Description(page: page, facts: facts ?? [])
        }
    }

    /// - Throws: `LookupError.invalid` for an unknown system or day; `SnapshotError`.
    func validate(
        _ code: String, in system: String, display: String, on day: String, licensedTexts: Bool = false
    ) throws -> Validation {
        let named = try Self.system(system)
        _ = try Self.day(day)
        var validation = Validation()
        do {
            let (page, _) = try self.code(code, in: system, on: day, licensedTexts: licensedTexts)
            validation.found = (page.listing.code, page.listing.title, page.source, page.status)
            let isTitle = display.isEmpty || Self.isTitle(display, of: page.listing)
            validation.result = isTitle
            validation.message = page.notice
            if !isTitle { validation.message = "The title of \(page.listing.code) is “\(page.listing.title)”." }
        } catch LookupError.notFound(let message) {
            validation.message = message
        } catch LookupError.invalid(field: "code", _) {
            validation.message = "“\(Self.shortened(code))” has not the form of a code of \(named.name)."
        }
        return validation
    }

    private static func isTitle(_ display: String, of listing: Listing) -> Bool {
        let wanted = display.lowercased()
        return wanted == listing.title.lowercased() || wanted == listing.shortTitle.lowercased()
    }

    /// - Throws: `LookupError`; `SnapshotError`.
    func subsumption(
        _ first: String, _ second: String, in system: String, on day: String
    ) throws -> (Subsumption, PageSource) {
        let questions = (
            try Question(system: system, code: first, day: day), try Question(system: system, code: second, day: day)
        )
        return try reader.read { connection, contents in
            let store = CodeStore(connection, contents)
            let left = try resolve(questions.0, store)
            let right = try resolve(questions.1, store)
            let source = PageSource(left.edition.record)
            if left.listing.codeID == right.listing.codeID { return (.equivalent, source) }
            if try store.path(above: right.listing).contains(where: { $0.codeID == left.listing.codeID }) {
                return (.subsumes, source)
            }
            let above = try store.path(above: left.listing).contains { $0.codeID == right.listing.codeID }
            return (above ? .subsumedBy : .notSubsumed, source)
        }
    }

    /// What an expansion is asked for.
    struct ExpansionQuestion: Sendable {
        var system = ""
        var filter = ""
        var below = ""
        var billableOnly = false
        var activeOnly = false
        var day = ""
        var offset = 0
        var count = 0
        /// The reader accepted the terms of licensed texts; to others only the codes are given.
        var licensedTexts = false
    }

    /// - Throws: `LookupError`; `SnapshotError`.
    func expand(_ question: ExpansionQuestion) throws -> Expansion {
        let system = try Self.system(question.system)
        let day = try Self.day(question.day)
        guard question.filter.utf8.count <= Self.longestFilter else {
            throw LookupError.invalid(field: "filter", "At most \(Self.longestFilter) characters are searched for.")
        }
        guard question.offset <= Self.furthestOffset else {
            throw LookupError.invalid(field: "offset", "At most \(Self.furthestOffset) codes are skipped.")
        }
        let heading =
            question.below.isEmpty
            ? nil : try Question(system: question.system, code: question.below, day: question.day)
        let words = question.filter.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "." }
        let size = question.count == 0 ? Self.expansionPage : min(question.count, Self.largestExpansionPage)
        return try reader.read { connection, contents in
            let store = CodeStore(connection, contents)
            let choice = try contents.calendar.choose(system, on: day, today: today())
            let top = try heading.map { try resolve($0, store) }
            let expansion = CodeExpansion(
                connection: connection, editions: choice.editions.map(\.id), heading: top?.listing.codeID,
                words: words.prefix(CodeExpansion.mostWords).map(String.init), billableOnly: question.billableOnly,
                activeOn: question.activeOnly ? choice.day : nil,
                withholdsTitles: !question.licensedTexts && choice.editions.contains { $0.record.isLicensed })
            let total = try expansion.count()
            let most = system == .cpt ? min(total, Self.mostCPT) : total
            let limit = max(0, min(size, most - question.offset))
            return Expansion(
                system: system, entries: try expansion.entries(offset: question.offset, limit: limit), day: choice.day,
                total: most, isCut: most < total, source: PageSource(choice.principal.record))
        }
    }
}
