import Storage

/// Answers questions about codes from the snapshot that is served: one synchronous read a question.
struct Catalogue: Sendable {
    let reader: SnapshotReader<SnapshotContents>
    /// What undated questions are measured by.
    let today: @Sendable () -> Day
    let axisNames: ProcedureAxisNames
    let modifierPolicy: ModifierPolicy
    let contractorStates: ContractorStates
    /// What editors wrote for a page.
    let texts: @Sendable (String, CodeSystem) throws -> [BlockKind: EditorText]

    /// - Parameters:
    ///   - axisNames: what the characters of ICD-10-PCS codes are called.
    ///   - modifierPolicy: rules about modifiers that claims are checked by.
    ///   - contractorStates: which states the authors of coverage documents serve.
    ///   - today: the calendar day.
    ///   - texts: what editors wrote for a code's page, by block.
    init(
        _ reader: SnapshotReader<SnapshotContents>, axisNames: ProcedureAxisNames,
        modifierPolicy: ModifierPolicy = .empty, contractorStates: ContractorStates = .empty,
        today: @escaping @Sendable () -> Day,
        texts: @escaping @Sendable (String, CodeSystem) throws -> [BlockKind: EditorText] = { _, _ in [:] }
    ) {
        self.texts = texts
        self.reader = reader
        self.axisNames = axisNames
        self.modifierPolicy = modifierPolicy
        self.contractorStates = contractorStates
        self.today = today
    }

    /// A code with the edition that answers for it.
    struct Resolved {
        var system: CodeSystem
        var listing: Listing
        var edition: LoadedEdition
        var status: CodeStatus
        var notice: String
        var day: Day
        /// The editions that answer together, this one among them.
        var together: [LoadedEdition]
        /// The latest editions, whatever day was asked about.
        var latest: EditionCalendar.Choice
    }

    /// One code without the texts of its page.
    /// - Throws: `LookupError`; `SnapshotError`.
    func code(
        _ code: String, in system: String, on day: String, licensedTexts: Bool = false
    ) throws -> (CodePage, editionSet: String) {
        let question = try Question(system: system, code: code, day: day)
        return try reader.read { connection, contents in
            let store = CodeStore(connection, contents, showsLicensed: licensedTexts)
            let found = try resolve(question, store)
            let page = CodePage(
                system: found.system, listing: found.listing, status: found.status, blocks: [], parents: [],
                neighbours: [], children: [], source: PageSource(found.edition.record), notice: found.notice)
            return (page, contents.identity)
        }
    }

    /// The canonical form of a code that some loaded edition lists.
    /// - Throws: `LookupError`; `SnapshotError`.
    func place(of code: String, in system: String) throws -> (code: String, system: CodeSystem) {
        let question = try Question(system: system, code: code, day: "")
        return try reader.read { connection, contents in
            guard try CodeStore(connection, contents).codeID(question.code, in: question.system) != nil else {
                throw LookupError.notFound("\(question.code) is in no loaded edition of \(question.system.name).")
            }
            return (question.code, question.system)
        }
    }

    /// What a question about a code names, checked for its shape.
    struct Question {
        var system: CodeSystem
        /// Canonical form.
        var code: String
        var day: Day?

        init(system: String, code: String, day: String) throws(LookupError) {
            self.system = try Catalogue.system(system)
            self.day = try Catalogue.day(day)
            guard let canonical = CodeForm.canonical(code, in: self.system) else {
                throw .invalid(
                    field: "code", "“\(Catalogue.shortened(code))” has not the form of a code of \(self.system.name).")
            }
            self.code = canonical
        }
    }

    static func system(_ text: String) throws(LookupError) -> CodeSystem {
        guard let system = CodeSystem(rawValue: text) else {
            throw .invalid(
                field: "system",
                "“\(shortened(text))” is no code set; use one of "
                    + CodeSystem.allCases.map(\.rawValue).joined(separator: ", ") + ".")
        }
        return system
    }

    static func day(_ text: String, field: String = "on") throws(LookupError) -> Day? {
        if text.isEmpty { return nil }
        guard text.utf8.count == 10, let day = Day(text) else {
            throw .invalid(
                field: field, "“\(shortened(text))” is no day; write YYYY-MM-DD, such as 2026-04-01.")
        }
        return day
    }

    /// The start of what was asked, without control characters, to be repeated in a message.
    static func shortened(_ text: String) -> String {
        let head = text.unicodeScalars.prefix(40)
        let shown = head.filter { $0.value >= 0x20 && $0.value != 0x7f && !(0x80...0x9f).contains($0.value) }
        return String(String.UnicodeScalarView(shown)) + (head.endIndex < text.unicodeScalars.endIndex ? "…" : "")
    }

    private static func needsLicence(_ code: String, in system: CodeSystem) -> String {
        "\(code) is only in editions of \(system.name) that need a licence, and none is in force."
    }

    /// Finds the code in the edition of the day; without a day in the newest edition, or else in the last that lists it.
    func resolve(_ question: Question, _ store: CodeStore) throws -> Resolved {
        let calendar = store.contents.calendar
        let choice = try calendar.choose(question.system, on: question.day, today: today())
        let latest = question.day == nil ? choice : try calendar.choose(question.system, on: nil, today: today())
        guard let code = try store.codeID(question.code, in: question.system) else {
            throw LookupError.notFound("\(question.code) is in no loaded edition of \(question.system.name).")
        }
        if let listing = try store.listing(code, in: choice, key: CodeForm.key(question.code)) {
            let edition = store.contents.edition(listing.edition)
            let begins = edition.record.effective > choice.day ? edition.record.effective : nil
            return Resolved(
                system: question.system, listing: listing, edition: edition,
                status: CodeStatus(on: choice.day, added: listing.added ?? begins, retired: listing.retired),
                notice: choice.dated ? "" : EditionCalendar.notice(edition.record, today: today()), day: choice.day,
                together: choice.editions, latest: latest)
        }
        let asked = choice.principal
        guard question.day == nil, let listing = try store.latestListing(code) else {
            guard try !store.listings(code).isEmpty else {
                throw LookupError.notFound(Self.needsLicence(question.code, in: question.system))
            }
            let others = try store.listings(code).map { store.contents.edition($0.edition).label }
            throw LookupError.notFound(
                "\(question.code) is not in \(asked.label). Loaded editions that list it: "
                    + others.joined(separator: "; ") + ".")
        }
        let edition = store.contents.edition(listing.edition)
        let notice = "\(asked.label) no longer lists \(listing.code). This page shows it as \(edition.label) had it."
        return Resolved(
            system: question.system, listing: listing, edition: edition, status: .retired, notice: notice,
            day: choice.day, together: [edition],
            latest: latest)
    }
}
