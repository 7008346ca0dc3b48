/// What reference files add to the page of a code: the edits that stand at it on its day, and what it comes to in other sets.
/// Where a kind of file is not loaded, or speaks of other days, that is said: no data is not the absence of an edit.
struct PageReferences {
    /// Codes named in a sentence; a claim check finds the others.
    private static let mostNamed = 40
    /// Products of a drug code that are named.
    private static let mostProducts = 12

    let references: ReferenceStore
    let codes: CodeStore
    let system: CodeSystem
    /// Canonical form.
    let code: String
    let day: Day

    // MARK: Edits

    /// Pairs, unit limits, add-on codes and modifier 50 for a procedure code; nothing for codes of other sets, and nothing
    /// where no edit of any kind is loaded.
    func edits() throws -> [PageParagraph] {
        guard system == .hcpcs || system == .cpt, let procedure = ProcedureCode(code) else { return [] }
        let kinds: [ReferenceKind] = [
            .pairsPractitioner, .pairsHospital, .unitsPractitioner, .unitsHospital, .unitsSupplier, .addOns,
        ]
        guard kinds.contains(where: { !references.shelf.files(of: $0).isEmpty }) else { return [] }
        var paragraphs = try pairs(procedure, .pairsPractitioner, "NCCI pairs, practitioner")
        paragraphs += try pairs(procedure, .pairsHospital, "NCCI pairs, outpatient hospital")
        paragraphs += try units(procedure, .unitsPractitioner, "MUE, practitioner")
        paragraphs += try units(procedure, .unitsHospital, "MUE, outpatient hospital")
        paragraphs += try units(procedure, .unitsSupplier, "MUE, DME supplier")
        paragraphs += try addOns(procedure)
        paragraphs += try bilateral(procedure)
        let absent = kinds.filter { references.shelf.files(of: $0, on: day).isEmpty }
        paragraphs += absent.map { PageParagraph(references.shelf.absence(of: $0, on: day), label: "No data") }
        return paragraphs
    }

    private func pairs(_ procedure: ProcedureCode, _ kind: ReferenceKind, _ label: String) throws -> [PageParagraph] {
        let files = references.shelf.files(of: kind, on: day)
        guard let first = files.first else { return [] }
        var paragraphs: [PageParagraph] = []
        for asFirst in [true, false] {
            let partners = try files.flatMap {
                try references.partners(of: procedure, asFirst: asFirst, on: day, in: $0.id)
            }
            for indicator in [PairEdit.Indicator.notAllowed, .allowed] {
                let named = partners.filter { $0.indicator == indicator }.map(\.code.description)
                guard !named.isEmpty else { continue }
                paragraphs.append(
                    PageParagraph(
                        Self.sentence(named, asFirst: asFirst, indicator), label: label, source: source(first)))
            }
        }
        guard paragraphs.isEmpty else { return paragraphs }
        return [PageParagraph("No pair in force on \(day) names it.", label: label, source: source(first))]
    }

    private static func sentence(_ codes: [String], asFirst: Bool, _ indicator: PairEdit.Indicator) -> String {
        let count = codes.count == 1 ? "1 code" : "\(codes.count) codes"
        let place =
            asFirst
            ? "Column 1: \(count) not paid beside it" : "Column 2: not paid beside \(count)"
        let modifier =
            indicator == .allowed
            ? "unless an NCCI-associated modifier is supported by the record (indicator 1)"
            : "and no modifier changes that (indicator 0)"
        return "\(place), \(modifier): \(list(codes))."
    }

    /// The first codes, and how many there are beside them.
    private static func list(_ codes: [String]) -> String {
        let named = codes.prefix(mostNamed).joined(separator: ", ")
        return codes.count > mostNamed ? "\(named) and \(codes.count - mostNamed) more" : named
    }

    private func units(_ procedure: ProcedureCode, _ kind: ReferenceKind, _ label: String) throws -> [PageParagraph] {
        guard let file = references.shelf.files(of: kind, on: day).first else { return [] }
        guard let limit = try references.unitLimit(of: procedure, in: file.id) else {
            return [PageParagraph("The file has no limit for it.", label: label, source: source(file))]
        }
        let units = limit.units == 1 ? "1 unit" : "\(limit.units) units"
        var text: String
        switch limit.measure {
        case .line: text = "At most \(units) on a claim line (adjudication indicator 1, line edit)."
        case .dayByPolicy: text = "At most \(units) a day, by policy (adjudication indicator 2): an absolute limit."
        case .dayByClinicalBenchmark:
            text =
                "At most \(units) a day, a clinical benchmark (adjudication indicator 3): more may be paid when the record "
                + "supports it."
        }
        if !limit.rationale.isEmpty { text += " Rationale: \(limit.rationale)." }
        return [PageParagraph(text, label: label, source: source(file))]
    }

    private func addOns(_ procedure: ProcedureCode) throws -> [PageParagraph] {
        guard let file = references.shelf.files(of: .addOns, on: day).first else { return [] }
        var paragraphs: [PageParagraph] = []
        let edits = try references.addOnEdits(of: procedure, in: file.id).filter { $0.span.holds(day) }
        for kind in [AddOnEdit.Kind.listed, .contractorDefined, .partlyListed] {
            let ofKind = edits.filter { $0.kind == kind }
            guard !ofKind.isEmpty else { continue }
            let primaries = Self.list(ofKind.compactMap { $0.primary?.description }.sorted())
            let text: String
            switch kind {
            case .listed: text = "Add-on code, type 1: billed only beside one of \(primaries)."
            case .contractorDefined:
                text =
                    "Add-on code, type 2: billed only beside a primary code that the contractor accepts; no list exists."
            case .partlyListed:
                text =
                    "Add-on code, type 3: billed beside \(primaries.isEmpty ? "a primary code" : "one of \(primaries)"), "
                    + "or another that the contractor accepts."
            }
            paragraphs.append(PageParagraph(text, label: "Add-on", source: source(file)))
        }
        let added = try references.addOns(to: procedure, on: day, in: file.id).map(\.description)
        if !added.isEmpty {
            paragraphs.append(
                PageParagraph(
                    "Primary code of the add-on codes \(Self.list(added)).", label: "Add-on", source: source(file)))
        }
        return paragraphs
    }

    private func bilateral(_ procedure: ProcedureCode) throws -> [PageParagraph] {
        guard let file = references.shelf.files(of: .outpatientEdits, on: day).first else { return [] }
        let spans = try references.editorSpans(of: procedure.description, as: .procedure, in: file.id)
        guard let flags = spans.first(where: { $0.span.holds(day) })?.flags else { return [] }
        let text: String
        if flags.contains(.bilateralInherent) {
            text = "Bilateral by its own wording: modifier 50 does not apply."
        } else if flags.contains(.bilateralIndependent) {
            text = "May carry modifier 50; each side counts in full."
        } else if flags.contains(.bilateralConditional) {
            text = "May carry modifier 50 when both sides were treated."
        } else {
            return []
        }
        return [PageParagraph(text, label: "Modifier 50", source: source(file))]
    }

    // MARK: Crosswalks

    /// What the code comes to in another set, by the newest mapping loaded.
    func crosswalks() throws -> [PageParagraph] {
        switch system {
        case .icd10cm: try diagnoses(.icd10ToICD9, label: "In ICD-9-CM")
        case .icd9cm: try diagnoses(.icd9ToICD10, label: "In ICD-10-CM")
        case .hcpcs: try drugs()
        case .icd10pcs, .cpt, .hcpcsModifier, .cptModifier: []
        }
    }

    private func newest(_ kind: ReferenceKind) -> LoadedReference? {
        references.shelf.files(of: kind).max { $0.record.effective < $1.record.effective }
    }

    private func diagnoses(_ map: Crosswalk.Map, label: String) throws -> [PageParagraph] {
        guard let file = newest(map.kind), let systems = map.diagnoses else { return [] }
        let mappings = try references.mappings(of: code, in: file.id)
        guard !mappings.isEmpty else { return [] }
        var paragraphs: [PageParagraph] = []
        for mapping in mappings where !mapping.hasNoMap {
            let id = try codes.codeID(mapping.target, in: systems.target)
            let title = try id.flatMap { try codes.latestListing($0)?.title } ?? ""
            let name = title.isEmpty ? mapping.target : "\(mapping.target), \(title)"
            paragraphs.append(
                PageParagraph("\(name). \(MappingWords.explain(mapping))", label: label, source: source(file)))
        }
        paragraphs.append(PageParagraph(MappingWords.explain(mappings), label: label, source: source(file)))
        return paragraphs
    }

    /// The products that are billed with a drug code: each name once, with its packages counted.
    private func drugs() throws -> [PageParagraph] {
        guard let file = newest(.drugCodes) else { return [] }
        let packages = try references.rows(DrugProduct.self, of: code, in: file.id)
        guard !packages.isEmpty else { return [] }
        let products = Dictionary(grouping: packages, by: \.product).sorted { $0.key < $1.key }
        var paragraphs = products.prefix(Self.mostProducts).map { name, packages in
            let codes = packages.prefix(3).map(\.ndc).joined(separator: ", ")
            let more = packages.count > 3 ? " and \(packages.count - 3) more packages" : ""
            let dosage = packages.first?.dosage ?? ""
            return PageParagraph(
                "\(name): NDC \(codes)\(more)." + (dosage.isEmpty ? "" : " One billing unit is \(dosage)."),
                label: "Drug product", source: source(file))
        }
        if products.count > Self.mostProducts {
            paragraphs.append(
                PageParagraph(
                    "\(products.count - Self.mostProducts) more products are billed with it; the crosswalk lists them.",
                    label: "Drug product", source: source(file)))
        }
        return paragraphs
    }

    private func source(_ file: LoadedReference) -> PageSource { PageSource(file.record, of: system) }
}

extension PageSource {
    /// A reference file as the source of a statement about a code of a set.
    init(_ record: ReferenceRecord, of system: CodeSystem) {
        self.init(
            EditionRecord(
                system: system, sourceName: record.sourceName, file: record.file, edition: record.edition,
                effective: record.effective, end: record.end, sha256: record.sha256, rights: record.rights))
    }
}
