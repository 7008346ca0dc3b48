import Storage

/// Reads what the loaded files say of the diagnoses of a claim. Notes of headings that several diagnoses share are read
/// once.
struct DiagnosisReader {
    let codes: CodeStore
    let references: ReferenceStore
    let day: Day
    /// The edition of ICD-10-CM whose notes and headings count; nil: none that has any is in force.
    let edition: LoadedEdition?
    /// Why there is none.
    let absence: String
    private let editor: LoadedReference?
    /// The editions in force, which say what codes there are.
    private let choice: EditionCalendar.Choice?
    private var notes: [CodeID: [ExclusionNote]] = [:]

    init(
        codes: CodeStore, references: ReferenceStore, day: Day, choice: Result<EditionCalendar.Choice, LookupError>
    ) {
        self.codes = codes
        self.references = references
        self.day = day
        editor = references.shelf.files(of: .outpatientEdits, on: day).first
        switch choice {
        case .success(let choice):
            self.choice = choice
            edition = choice.editions.first { codes.contents.editionsWithNotes.contains($0.id) }
            absence = edition == nil ? "\(choice.principal.label) holds no notes." : ""
        case .failure(let error):
            self.choice = nil
            edition = nil
            absence = error.message
        }
    }

    var tabular: Citation? { edition.map { Citation($0.record) } }

    mutating func diagnosis(_ code: String) throws -> ClaimFacts.Diagnosis {
        let key = CodeForm.key(code)
        let spans = try editor.map { try references.editorSpans(of: key, as: .diagnosis, in: $0.id) }
        let id = try codes.codeID(code, in: .icd10cm)
        var diagnosis = ClaimFacts.Diagnosis(code: code, standing: .unknown(message: ""))
        diagnosis.span = spans?.first { $0.span.holds(day) }
        diagnosis.standing = try standing(code, id, spans)
        guard let edition, let id, let listing = try codes.listing(id, in: edition.id) else { return diagnosis }
        diagnosis.title = listing.title
        let path = try codes.path(above: listing)
        for level in [listing] + path.reversed() { diagnosis.excludes += try exclusions(at: level, edition) }
        diagnosis.sides = listing.billable ? try sides(of: listing, key, edition) : []
        diagnosis.sexHeading = Self.sexHeading([listing] + path.reversed())
        return diagnosis
    }

    private func standing(_ code: String, _ id: CodeID?, _ spans: [EditorSpan]?) throws -> ClaimStanding {
        if let choice, let id, let listing = try codes.listing(id, in: choice, key: CodeForm.key(code)) {
            let source = Citation(codes.contents.edition(listing.edition).record)
            guard listing.billable else { return try incomplete(listing, source) }
            if listing.retired.map({ $0 > day }) ?? true, listing.added.map({ $0 <= day }) ?? true {
                return .valid(source)
            }
        }
        if let editor, let spans, !spans.isEmpty {
            return ClaimFactsReader.standing(
                of: code, spans, Citation(editor.record), on: day, what: "ICD-10-CM code")
        }
        if let id, let heading = try codes.latestListing(id), !heading.billable {
            return try incomplete(heading, Citation(codes.contents.edition(heading.edition).record))
        }
        guard editor != nil || choice != nil else {
            let said = references.shelf.absence(of: .outpatientEdits, on: day)
            return .unknown(message: "Whether \(code) is valid on \(day) is not known. \(absence) \(said)")
        }
        return .invalid(
            message: "\(code) is no ICD-10-CM code on \(day).", action: "Check the code for a slip of the pen.",
            editor.map { Citation($0.record) } ?? choice.map { Citation($0.principal.record) })
    }

    private func incomplete(_ heading: Listing, _ source: Citation) throws -> ClaimStanding {
        let most = 6
        let below = try codes.children(of: heading.codeID, in: heading.edition, limit: most + 1)
        let shown = below.prefix(most).map(\.code).joined(separator: ", ")
        return .invalid(
            message: "\(heading.code) is a heading and needs more characters.",
            action: shown.isEmpty
                ? "Take a complete code."
                : "Take a complete code below it: \(shown)\(below.count > most ? ", …" : "").",
            source)
    }

    private mutating func exclusions(at level: Listing, _ edition: LoadedEdition) throws -> [ExclusionNote] {
        if let known = notes[level.codeID] { return known }
        let read = try codes.notes(level.codeID, level.code, in: edition.id).filter { $0.kind == .excludes1 }.map {
            ExclusionNote(standsAt: level.code, text: $0.text, references: NoteReferences.parse($0.text))
        }
        notes[level.codeID] = read
        return read
    }

    /// Codes that differ in one character and whose title names a side where this one says "unspecified".
    private func sides(of listing: Listing, _ key: String, _ edition: LoadedEdition) throws -> [(String, String)] {
        let unspecified = "unspecified"
        guard listing.title.contains(unspecified) else { return [] }
        let wanted = ["right", "left"].flatMap { Self.replacing(unspecified, with: $0, in: listing.title) }
        let letters = Array(key)
        var found: [(String, String)] = []
        for place in letters.indices.dropFirst(3) {
            for digit in "12" where letters[place] != digit {
                var other = letters
                other[place] = digit
                let text = String(other)
                guard let canonical = CodeForm.canonical(text, in: .icd10cm),
                    let id = try codes.codeID(canonical, in: .icd10cm),
                    let side = try codes.listing(id, in: edition.id), wanted.contains(side.title)
                else { continue }
                found.append((side.code, side.title))
            }
        }
        return found
    }

    /// The title with one of its places of a word replaced, for each place.
    private static func replacing(_ word: String, with other: String, in title: String) -> [String] {
        let words = title.split(separator: " ", omittingEmptySubsequences: false)
        return words.indices.filter { words[$0] == word }.map { place in
            var changed = words
            changed[place] = other[...]
            return changed.joined(separator: " ")
        }
    }

    /// The nearest title that is about one sex. Perpetrators (chapter 20) are others than the patient.
    static func sexHeading(_ levels: [Listing]) -> (sex: PatientSex, code: String, title: String)? {
        guard levels.last?.code != "20" else { return nil }
        for level in levels {
            if level.code == Self.pregnancyChapter { return (.female, level.code, level.title) }
            let words = Set(level.title.lowercased().split { !$0.isLetter })
            let isFemale = words.contains("female")
            guard isFemale != words.contains("male") else { continue }
            return (isFemale ? .female : .male, level.code, level.title)
        }
        return nil
    }

    /// "Pregnancy, childbirth and the puerperium": codes of this chapter are used on the mother's record only.
    private static let pregnancyChapter = "15"
}
