import Storage

/// Reads what the loaded files say of the codes of a claim.
struct ClaimFactsReader {
    let codes: CodeStore
    let references: ReferenceStore
    let policy: ModifierPolicy
    let today: Day

    init(_ connection: SnapshotConnection, _ contents: SnapshotContents, policy: ModifierPolicy, today: Day) {
        codes = CodeStore(connection, contents)
        references = ReferenceStore(connection, contents)
        self.policy = policy
        self.today = today
    }

    /// - Complexity: some row reads a code; none a pair of codes.
    func facts(of claim: Claim) throws -> ClaimFacts {
        var facts = ClaimFacts(modifierPolicy: policy)
        for (day, lines) in claim.days { facts.days[day] = try dayFacts(of: lines, on: day) }
        if let editor = references.shelf.files(of: .outpatientEdits, on: claim.day).first {
            facts.editor = Citation(editor.record)
        } else {
            facts.editorAbsence = references.shelf.absence(of: .outpatientEdits, on: claim.day)
        }
        var reader = DiagnosisReader(
            codes: codes, references: references, day: claim.day,
            choice: try Self.choice(of: .icd10cm, on: claim.day, codes, today))
        facts.tabular = reader.tabular
        facts.tabularAbsence = reader.absence
        facts.diagnoses = try claim.diagnoses.map { try reader.diagnosis($0) }
        return facts
    }

    /// The editions of a system in force on a day, or why there are none.
    static func choice(
        of system: CodeSystem, on day: Day, _ codes: CodeStore, _ today: Day
    ) throws -> Result<EditionCalendar.Choice, LookupError> {
        do {
            return .success(try codes.contents.calendar.choose(system, on: day, today: today))
        } catch {
            return .failure(error)
        }
    }

    private func dayFacts(of lines: [Claim.Line], on day: Day) throws -> ClaimFacts.OfDay {
        var facts = ClaimFacts.OfDay()
        let present = Set(lines.map(\.code)).sorted()
        let editor = references.shelf.files(of: .outpatientEdits, on: day).first
        facts.editor = editor.map { Citation($0.record) }
        if editor == nil {
            facts.absences[.outpatientEdits] = references.shelf.absence(of: .outpatientEdits, on: day)
        }
        for code in present {
            let spans = try editor.map {
                try references.editorSpans(of: code.description, as: .procedure, in: $0.id)
            }
            facts.procedureSpans[code] = spans?.first { $0.span.holds(day) }
            facts.procedures[code] = try standing(of: code, spans, editor, on: day)
        }
        for modifier in Set(lines.flatMap(\.modifiers)).sorted() {
            facts.modifiers[modifier] = try standing(ofModifier: modifier, editor, on: day)
            if let editor {
                facts.conflicts[modifier] = Set(
                    try references.conflicts(of: modifier, on: day, in: editor.id))
            }
        }
        try readEdits(of: present, on: day, into: &facts)
        return facts
    }

    private func readEdits(of codes: [ProcedureCode], on day: Day, into facts: inout ClaimFacts.OfDay) throws {
        for kind in [ReferenceKind.pairsPractitioner, .pairsHospital] {
            let files = references.shelf.files(of: kind, on: day)
            facts.absences[kind] = files.isEmpty ? references.shelf.absence(of: kind, on: day) : nil
            guard let first = files.first else { continue }
            let edits = try files.flatMap { try references.pairEdits(among: codes, in: $0.id) }
            facts.pairs[kind] = ClaimFacts.Answer(value: edits, source: Citation(first.record))
        }
        for kind in [ReferenceKind.unitsPractitioner, .unitsHospital, .unitsSupplier] {
            let file = references.shelf.files(of: kind, on: day).first
            facts.absences[kind] = file == nil ? references.shelf.absence(of: kind, on: day) : nil
            guard let file else { continue }
            var limits: [ProcedureCode: UnitLimit] = [:]
            for code in codes { limits[code] = try references.unitLimit(of: code, in: file.id) }
            facts.units[kind] = ClaimFacts.Answer(value: limits, source: Citation(file.record))
        }
        guard let file = references.shelf.files(of: .addOns, on: day).first else {
            facts.absences[.addOns] = references.shelf.absence(of: .addOns, on: day)
            return
        }
        var edits: [ProcedureCode: [AddOnEdit]] = [:]
        for code in codes { edits[code] = try references.addOnEdits(of: code, in: file.id) }
        facts.addOns = ClaimFacts.Answer(value: edits, source: Citation(file.record))
    }

    /// A code set in force answers first; of CPT only for codes that it lists, since a loaded file may be a sample.
    private func standing(
        of code: ProcedureCode, _ spans: [EditorSpan]?, _ editor: LoadedReference?, on day: Day
    ) throws -> ClaimStanding {
        let text = code.description
        var absence = ""
        switch try Self.choice(of: code.system, on: day, codes, today) {
        case .success(let choice):
            if let id = try codes.codeID(text, in: code.system),
                let listing = try codes.listing(id, in: choice, key: text), listing.billable
            {
                return standing(of: text, listing, codes.contents.edition(listing.edition), on: day)
            }
            if code.system == .hcpcs, editor == nil {
                return .invalid(
                    message: "\(text) is in no edition of \(code.system.name) in force on \(day).",
                    action: "Check the code; search finds what took its place.", Citation(choice.principal.record))
            }
        case .failure(.notFound(let message)): absence = message
        case .failure(let error): throw error
        }
        guard let editor, let spans else {
            let said = references.shelf.absence(of: .outpatientEdits, on: day)
            return .unknown(message: "Whether \(text) is valid on \(day) is not known. \(absence) \(said)")
        }
        return Self.standing(of: text, spans, Citation(editor.record), on: day, what: "HCPCS code")
    }

    private func standing(
        of text: String, _ listing: Listing, _ edition: LoadedEdition, on day: Day
    ) -> ClaimStanding {
        let begins = edition.record.effective > day ? edition.record.effective : nil
        let source = Citation(edition.record)
        switch CodeStatus(on: day, added: listing.added ?? begins, retired: listing.retired) {
        case .active: return .valid(source)
        case .retired:
            return .invalid(
                message: "\(text) may no longer be used on \(day)"
                    + (listing.retired.map { "; it ended before \($0)." } ?? "."),
                action: "Take the code that replaced it; its page shows the history.", source)
        case .future:
            return .invalid(
                message: "\(text) may not be used yet on \(day)"
                    + (listing.added.map { "; it begins on \($0)." } ?? "."),
                action: "Take the code that was valid on the date of service.", source)
        }
    }

    /// What spans of quarters say of a code's validity.
    static func standing(
        of text: String, _ spans: [EditorSpan], _ source: Citation, on day: Day, what: String
    ) -> ClaimStanding {
        if spans.contains(where: { $0.span.holds(day) }) { return .valid(source) }
        if let before = spans.last(where: { $0.span.last.map { $0 < day } ?? false }), let last = before.span.last {
            return .invalid(
                message: "\(text) expired: it was last valid on \(last).",
                action: "Take the code that replaced it for services from the day after.", source)
        }
        if let later = spans.first {
            return .invalid(
                message: "\(text) is not valid yet on \(day): it begins on \(later.span.first).",
                action: "Take the code that was valid on the date of service.", source)
        }
        return .invalid(
            message: "\(text) is no \(what) that the source knows on \(day) or any other day.",
            action: "Check the code for a slip of the pen.", source)
    }

    private func standing(
        ofModifier modifier: String, _ editor: LoadedReference?, on day: Day
    ) throws -> ClaimStanding {
        for system in [CodeSystem.hcpcsModifier, .cptModifier] {
            guard case .success(let choice) = try Self.choice(of: system, on: day, codes, today),
                let id = try codes.codeID(modifier, in: system),
                let listing = try codes.listing(id, in: choice, key: modifier)
            else { continue }
            return standing(of: "Modifier \(modifier)", listing, codes.contents.edition(listing.edition), on: day)
        }
        guard let editor else {
            let said = references.shelf.absence(of: .outpatientEdits, on: day)
            return .unknown(message: "Whether modifier \(modifier) exists on \(day) is not known. \(said)")
        }
        let spans = try references.editorSpans(of: modifier, as: .modifier, in: editor.id)
        return Self.standing(
            of: "Modifier \(modifier)", spans, Citation(editor.record), on: day, what: "modifier")
    }
}
