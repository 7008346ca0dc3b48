import Contracts

// Domain values as the contract writes them.

extension CommonAPI.Source {
    init(_ source: PageSource) {
        let edition = source.edition
        self.init(
            name: edition.sourceName, file: edition.file, edition: edition.edition,
            effectiveDate: edition.effective.description, sha256: edition.sha256, rights: source.rights)
    }
}

extension CommonAPI.CodeReference {
    init(_ listing: Listing, _ system: CodeSystem) {
        self.init(system: system.rawValue, code: listing.code, title: listing.title)
    }
}

extension LookupAPI.CodePage {
    init(_ page: CodePage, editionSet: String) {
        self.init(
            system: page.system.rawValue, code: page.listing.code, title: page.listing.title,
            billable: page.listing.billable, status: page.status.rawValue,
            blocks: page.blocks.map(LookupAPI.Block.init),
            parents: page.parents.map { CommonAPI.CodeReference($0, page.system) },
            neighbours: page.neighbours.map { CommonAPI.CodeReference($0, page.system) },
            children: page.children.map { CommonAPI.CodeReference($0, page.system) },
            source: CommonAPI.Source(page.source), notice: page.notice, editionSet: editionSet)
    }
}

extension LookupAPI.Block {
    init(_ block: PageBlock) {
        self.init(
            kind: block.kind.rawValue, state: block.state.rawValue,
            paragraphs: block.paragraphs.map { paragraph in
                LookupAPI.Paragraph(
                    label: paragraph.label, text: paragraph.text, inheritedFrom: paragraph.inheritedFrom,
                    source: paragraph.source.map(CommonAPI.Source.init),
                    marks: paragraph.marks.map(LookupAPI.TextMark.init), format: paragraph.isMarkdown ? "markdown" : "")
            }, source: block.source.map(CommonAPI.Source.init))
    }
}

extension LookupAPI.TextMark {
    init(_ mark: TextMark) {
        self.init(
            kind: mark.kind.rawValue, start: UInt32(clamping: mark.range.lowerBound),
            end: UInt32(clamping: mark.range.upperBound))
    }

    init(_ kind: TextMark.Kind, _ range: Range<Int>) {
        self.init(TextMark(kind: kind, range: range))
    }
}

extension LookupAPI.DiffEditionsReply {
    init(_ found: Catalogue.Differences) {
        let counts = Dictionary(uniqueKeysWithValues: zip(EditionDifference.Entry.Kind.allCases, found.counts))
        self.init(
            system: found.system.rawValue, from: found.from.description, to: found.to.description,
            before: found.before.map { CommonAPI.Source(PageSource($0.record)) },
            after: found.after.map { CommonAPI.Source(PageSource($0.record)) },
            added: UInt32(counts[.added] ?? 0), revised: UInt32(counts[.revised] ?? 0),
            deleted: UInt32(counts[.deleted] ?? 0), changes: found.entries.map(LookupAPI.CodeChange.init),
            notice: found.notice, nextPageToken: found.nextPageToken)
    }
}

extension LookupAPI.CodeChange {
    init(_ entry: EditionDifference.Entry) {
        self.init(
            kind: entry.kind.rawValue, code: entry.code, title: entry.title, oldTitle: entry.oldTitle,
            titleMarks: (entry.words?.added ?? []).map { LookupAPI.TextMark(.added, $0) },
            oldTitleMarks: (entry.words?.removed ?? []).map { LookupAPI.TextMark(.removed, $0) },
            replacedBy: entry.replacements.map { .init(code: $0.code, title: $0.title, basis: $0.basis.text) })
    }
}

extension Replacement.Basis {
    /// As the contract words it.
    var text: String {
        switch self {
        case .reference: "reference"
        case .division: "division"
        }
    }
}

extension LookupAPI.Hit {
    init(_ hit: SearchHit) {
        self.init(
            system: hit.system.rawValue, code: hit.listing.code, title: hit.listing.title,
            billable: hit.listing.billable, status: hit.status.rawValue, score: hit.score,
            highlights: hit.highlights.map {
                LookupAPI.Highlight(start: UInt32($0.lowerBound), end: UInt32($0.upperBound))
            },
            replacedBy: hit.replacedBy)
    }
}

extension LookupAPI.Facet {
    init(_ facet: SearchFacet) {
        self.init(
            field: facet.field,
            values: facet.values.map {
                LookupAPI.FacetValue(value: $0.value, label: $0.label, count: UInt32($0.count))
            })
    }
}

extension LookupAPI.BrowseReply {
    init(_ shelf: Catalogue.Shelf) {
        self.init(
            path: shelf.path.map { CommonAPI.CodeReference($0, shelf.system) },
            entries: shelf.entries.map { entry in
                LookupAPI.BrowseEntry(
                    code: entry.listing.code, title: entry.listing.title, billable: entry.listing.billable,
                    hasChildren: entry.hasChildren)
            }, source: CommonAPI.Source(shelf.source), nextPageToken: shelf.nextPageToken)
    }
}

extension LookupAPI.Edition {
    init(_ edition: LoadedEdition) {
        self.init(
            system: edition.record.system.rawValue, source: CommonAPI.Source(PageSource(edition.record)),
            endDate: edition.record.end?.description ?? "", codes: UInt32(clamping: edition.codes),
            billableCodes: UInt32(clamping: edition.billableCodes), rowsRead: UInt32(clamping: edition.report.rowsRead),
            rowsKept: UInt32(clamping: edition.report.rowsKept),
            rowsRefused: UInt32(clamping: edition.report.rowsRefused),
            importedAt: UTCTime(secondsSince1970: edition.importedAt).description,
            coverage: edition.record.coverage.isFull ? "full" : "partial")
    }
}

extension LookupAPI.MissingFile {
    init(_ source: WantedSource) {
        self.init(system: source.system.rawValue, name: source.name, adds: source.adds, from: source.from)
    }
}
