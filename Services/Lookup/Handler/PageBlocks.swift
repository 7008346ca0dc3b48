import Storage

/// Reads and composes the blocks of one code page, each only when it is open.
struct PageBlocks {
    private let store: CodeStore
    private let found: Catalogue.Resolved
    private let path: [Listing]
    private let axisNames: ProcedureAxisNames
    private let editorTexts: [BlockKind: EditorText]
    private let references: PageReferences
    private var code: Listing { found.listing }
    private var source: PageSource { PageSource(found.edition.record) }

    /// - Parameters:
    ///   - path: from the top of the set down to the direct parent.
    ///   - editorTexts: what editors wrote in the place of composed texts.
    init(
        _ store: CodeStore, _ found: Catalogue.Resolved, _ path: [Listing], _ axisNames: ProcedureAxisNames,
        _ editorTexts: [BlockKind: EditorText] = [:]
    ) {
        self.editorTexts = editorTexts
        self.store = store
        self.found = found
        self.path = path
        self.axisNames = axisNames
        references = PageReferences(
            references: ReferenceStore(store.connection, store.contents), codes: store, system: found.system,
            code: found.listing.code, day: found.day)
    }

    /// All eight blocks in the order of the page.
    func blocks(_ open: Set<BlockKind>) throws -> [PageBlock] {
        let needsNotes = !open.isDisjoint(with: [.common, .clinical, .procedure, .guidelines])
        let notes = needsNotes ? try inheritedNotes() : InheritedNotes(levels: [])
        return try BlockKind.allCases.map { kind in
            open.contains(kind) ? try block(kind, notes) : .locked(kind)
        }
    }

    private func block(_ kind: BlockKind, _ notes: InheritedNotes) throws -> PageBlock {
        if let text = editorTexts[kind] {
            return .open(kind, text.paragraphs.map { PageParagraph($0, isMarkdown: true) }, text.source)
        }
        let written = try writtenTexts(kind)
        let composed = try paragraphs(kind, notes, isWritten: written != nil)
        guard let written else { return .open(kind, composed, source) }
        return .open(kind, written.paragraphs + composed, written.source)
    }

    /// What the rules make of the loaded files. A written text takes the place of the two descriptions.
    private func paragraphs(_ kind: BlockKind, _ notes: InheritedNotes, isWritten: Bool) throws -> [PageParagraph] {
        switch kind {
        case .official: return isWritten ? [] : try official()
        case .common:
            guard !isWritten else { return [] }
            return CommonDescription.compose(
                .init(
                    system: found.system, listing: code, path: path, notes: notes.all,
                    childCount: code.billable ? 0 : try store.childCount(of: code.codeID, in: code.edition),
                    axes: axes(notes), indicators: try indicators()))
        case .clinical: return notes.clinical()
        case .procedure:
            return ProcedureAxes.paragraphs(axes(notes), notes: notes.all, length: code.code.count)
        case .guidelines: return try notes.guidelines() + processingNotes() + moreSpecific()
        case .facts: return try facts()
        case .edits: return try edits()
        case .history: return try history()
        }
    }

    private func history() throws -> [PageParagraph] {
        let entries = try store.listings(code.codeID).map {
            CodeHistory.Entry(listing: $0, edition: store.contents.edition($0.edition))
        }
        let replacements = try Catalogue.replacements(
            of: code, in: found.system, isRetired: try isGone(entries.map(\.listing)), found.latest, store)
        let predecessors = found.system == .hcpcs ? try store.referring(to: code.code, in: found.system) : []
        return try CodeHistory(
            code, in: found.edition, listings: entries, loaded: store.contents.calendar.editions(of: found.system)
        ).paragraphs(replacements: replacements, predecessors: predecessors) + references.crosswalks()
    }

    /// Could stand on a claim once, and may no longer.
    private func isGone(_ listings: [Listing]) throws -> Bool {
        guard listings.contains(where: \.billable) else { return false }
        guard let now = try store.listing(code.codeID, in: found.latest, key: CodeForm.key(code.code)) else {
            return true
        }
        return !now.billable || !now.isActive(on: found.latest.day)
    }

    private func axes(_ notes: InheritedNotes) -> [ProcedureAxes.Axis] {
        guard found.system == .icd10pcs else { return [] }
        return ProcedureAxes.axes(of: code.code, path: path, notes: notes.all, names: axisNames)
    }

    /// The official title with the file that it comes from, and what the edition itself says when that is shorter.
    private func official() throws -> [PageParagraph] {
        if let carried = code.titleEdition, carried != code.edition {
            let edition = store.contents.edition(carried).record
            var paragraphs = [PageParagraph(code.title, source: PageSource(edition))]
            if !code.shortTitle.isEmpty, Wording.differ(code.title, code.shortTitle) {
                paragraphs.append(PageParagraph(code.shortTitle, label: "Short description"))
            }
            return paragraphs
        }
        var paragraphs = [PageParagraph(code.title)]
        guard code.title == code.shortTitle else {
            if !code.shortTitle.isEmpty, Wording.differ(code.title, code.shortTitle) {
                paragraphs.append(PageParagraph(code.shortTitle, label: "Short description"))
            }
            return paragraphs
        }
        let longer = try store.listings(code.codeID)
            .filter {
                !$0.wording.long.isEmpty && store.contents.edition($0.edition).record.effective <= found.day
            }
            .max {
                store.contents.edition($0.edition).record.effective
                    < store.contents.edition($1.edition).record.effective
            }
        if let longer {
            let edition = store.contents.edition(longer.edition).record
            paragraphs.append(
                PageParagraph(
                    longer.title, label: "Long description of \(edition.edition)", source: PageSource(edition)))
            if Wording.differ(longer.shortTitle, code.shortTitle) {
                paragraphs.append(
                    PageParagraph(
                        "The short description has been changed since, so the long one may have been changed too; "
                            + "no loaded file holds it.", label: "Note"))
            }
        }
        return paragraphs
    }

    private func facts() throws -> [PageParagraph] {
        let groups = try companions().map { edition in
            (edition: edition.record, facts: try store.facts(code.codeID, code.code, in: edition.id))
        }
        return FactSheet.paragraphs(code, in: found.edition.record, groups: groups)
    }

    /// The indicators that speak for a HCPCS code.
    private func indicators() throws -> [FactRecord] {
        guard found.system == .hcpcs else { return [] }
        return try companions().flatMap { try store.facts(code.codeID, code.code, in: $0.id) }
    }

    /// The texts of the processing notes that a HCPCS code refers to.
    private func processingNotes() throws -> [PageParagraph] {
        guard found.system == .hcpcs || found.system == .hcpcsModifier else { return [] }
        return try companions().flatMap { edition in
            try store.facts(code.codeID, code.code, in: edition.id).filter { $0.name == FactSheet.processingNote }.map {
                PageParagraph(
                    $0.meaning, label: "Processing note \($0.value)",
                    source: edition.id == found.edition.id ? nil : PageSource(edition.record))
            }
        }
    }

    /// Beside a diagnosis whose title says "unspecified", the codes of the same heading that say more.
    private func moreSpecific() throws -> [PageParagraph] {
        guard found.system == .icd10cm, code.billable, Self.isUnspecified(code), let parent = code.parent else {
            return []
        }
        let siblings = try store.children(of: parent, in: code.edition, limit: Self.mostSiblings)
        return siblings.filter { $0.codeID != code.codeID && !Self.isUnspecified($0) }.map {
            PageParagraph("\($0.code), \($0.title)", label: "Says more")
        }
    }

    private static func isUnspecified(_ listing: Listing) -> Bool {
        listing.title.lowercased().contains("unspecified")
    }

    /// A heading has at most 10 digits and a few letters below it.
    private static let mostSiblings = 20

    /// What claim editors check about the code, by the newest tables that had taken effect.
    private func edits() throws -> [PageParagraph] {
        try companions().flatMap { edition in
            try store.notes(code.codeID, code.code, in: edition.id).filter { $0.kind == .edit }.map { note in
                PageParagraph(
                    note.text, label: note.label,
                    source: edition.id == found.edition.id ? nil : PageSource(edition.record))
            }
        } + references.edits()
    }

    /// The editions whose facts and edits speak for the code on its day.
    private func companions() throws -> [LoadedEdition] {
        let holding = try store.editionsWithFacts(code.codeID).map(store.contents.edition)
        return CompanionEditions.speaking(holding, for: found.edition, on: found.day)
    }

    /// Texts that were written for the block, of the editions that speak, with the rights line of the first.
    private func writtenTexts(_ kind: BlockKind) throws -> (paragraphs: [PageParagraph], source: PageSource)? {
        let texts = try store.texts(code.codeID, code.code, for: kind)
        let editions = texts.map(\.0).map(store.contents.edition)
        var ids: Set<EditionID> = []
        let distinct = editions.filter { ids.insert($0.id).inserted }
        let speaking = CompanionEditions.speaking(distinct, for: found.edition, on: found.day)
        var source: PageSource?
        var paragraphs: [PageParagraph] = []
        for edition in speaking {
            for (holder, text) in texts where holder == edition.id {
                let own = PageSource(edition.record, rights: text.rights)
                paragraphs.append(PageParagraph(text.text, source: source == nil || source == own ? nil : own))
                source = source ?? own
            }
        }
        return source.map { (paragraphs, $0) }
    }

    /// The notes of the code and of every heading above, nearest first.
    private func inheritedNotes() throws -> InheritedNotes {
        let levels = [code] + path.reversed()
        return InheritedNotes(
            levels: try levels.map { ($0, try store.notes($0.codeID, $0.code, in: $0.edition)) })
    }
}
