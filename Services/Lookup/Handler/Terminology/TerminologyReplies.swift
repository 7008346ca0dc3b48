import Contracts

// Terminology values as the contract writes them.

extension ReferenceAPI.Concept {
    init(_ description: Catalogue.Description) {
        let page = description.page
        let listing = page.listing
        var properties: [ReferenceAPI.ConceptProperty] = []
        func add(_ name: String, _ value: String, _ meaning: String = "", isCode: Bool = false) {
            properties.append(
                ReferenceAPI.ConceptProperty(name: name, value: value, meaning: meaning, isCode: isCode))
        }
        add("inactive", page.status == .active ? "false" : "true", page.status.rawValue)
        add("billable", listing.billable ? "true" : "false")
        if let added = listing.added { add("added", added.description) }
        if let retired = listing.retired { add("retired", retired.description) }
        if let parent = page.parents.last { add("parent", parent.code, parent.title, isCode: true) }
        for child in page.children { add("child", child.code, child.title, isCode: true) }
        for fact in description.facts { add(fact.name, fact.value, fact.meaning) }
        self.init(
            system: page.system.rawValue, code: listing.code, display: listing.title,
            version: page.source.edition.edition, inactive: page.status != .active, abstract: !listing.billable,
            properties: properties, copyright: page.source.rights, source: CommonAPI.Source(page.source))
    }
}

extension ReferenceAPI.ExpandCodesReply {
    init(_ expansion: Catalogue.Expansion) {
        self.init(
            entries: expansion.entries.map { entry in
                let status = CodeStatus(on: expansion.day, added: entry.added, retired: entry.retired)
                return ReferenceAPI.ConceptEntry(
                    code: entry.code, display: entry.title, inactive: status != .active, abstract: !entry.billable)
            }, total: UInt32(clamping: expansion.total), isCut: expansion.isCut,
            version: expansion.source.edition.edition, copyright: expansion.source.rights,
            source: CommonAPI.Source(expansion.source))
    }
}

extension ReferenceAPI.TranslateCodeReply {
    init(_ crosswalk: Crosswalk) {
        let matches = crosswalk.targets.map(ReferenceAPI.ConceptMatch.init)
        self.init(
            result: matches.contains { $0.equivalence != "unmatched" }, message: crosswalk.explanation,
            matches: matches, source: CommonAPI.Source(crosswalk.source))
    }
}

extension ReferenceAPI.ConceptMatch {
    /// FHIR R4's words: the part of a combination is narrower than what it is a part of.
    init(_ target: Crosswalk.Target) {
        let equivalence =
            switch target.mapping {
            case let mapping? where mapping.hasNoMap: "unmatched"
            case let mapping? where mapping.isCombination: "narrower"
            case let mapping? where mapping.isApproximate: "inexact"
            case nil: "inexact"
            case _?: "equivalent"
            }
        self.init(
            equivalence: equivalence, system: target.system, code: target.code, display: target.title,
            comment: target.explanation)
    }
}
