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
                    source: paragraph.source.map(CommonAPI.Source.init))
            }, source: block.source.map(CommonAPI.Source.init))
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
            replacedBy: [])
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
            importedAt: UTCTime(secondsSince1970: edition.importedAt).description)
    }
}

extension LookupAPI.MissingFile {
    init(_ source: WantedSource) {
        self.init(system: source.system.rawValue, name: source.name, adds: source.adds, from: source.from)
    }
}
