/// Reads General Equivalence Mappings as CSV with a header: source code, target code (both without dots), the five flags
/// as one text, then each flag in a column of its own. A source may have several rows.
///
/// Source: CMS, "Diagnosis Code Set General Equivalence Mappings, Documentation for Users", 2018: approximate, no map,
/// combination, scenario, choice list.
package struct GeneralMappingsImporter: ReferenceImporter {
    private let file: SourceFile
    private let kind: ReferenceKind

    /// - Parameter kind: the direction.
    package init(_ file: SourceFile, kind: ReferenceKind) {
        self.file = file
        self.kind = kind
    }

    private var systems: (source: CodeSystem, target: CodeSystem) {
        kind == .forwardMap ? (.icd9cm, .icd10cm) : (.icd10cm, .icd9cm)
    }

    package func read(into writer: inout ReferenceWriter) throws -> ImportReport {
        try file.refuseIfEmpty()
        var records = CSVRecords(file.bytes)
        let header = records.next()?.fields.map { LegacyText.fold($0).lowercased() } ?? []
        guard header.prefix(3) == [systems.source.rawValue, systems.target.rawValue, "flags"] else {
            throw file.refusal(
                "does not begin with the columns \(systems.source.rawValue), \(systems.target.rawValue), flags",
                line: 1, remedy: "Check the direction of the mapping in the list of sources")
        }
        var tally = RowTally()
        var source = ""
        var place = 0
        while let record = records.next() {
            guard record.fields.contains(where: { !$0.isEmpty }) else { continue }
            tally.read()
            guard let mapping = mapping(record.fields) else {
                tally.refuseMalformed(line: record.line, "not two codes with five flags")
                continue
            }
            place = mapping.source == source ? place + 1 : 0
            source = mapping.source
            do {
                try writer.add(mapping, place: place)
                tally.keep()
            } catch SnapshotBuildError.duplicate {
                tally.refuseMalformed(line: record.line, "\(mapping.source) occurs again apart from its other rows")
            }
        }
        if records.unclosedLine > 0 {
            throw file.refusal(
                "breaks off inside a quoted cell", line: records.unclosedLine, remedy: "Pull the file again")
        }
        return try tally.finish(file, what: "mapping")
    }

    private func mapping(_ fields: [String]) -> GeneralMapping? {
        guard fields.count >= 3, let source = CodeForm.canonical(fields[0], in: systems.source) else { return nil }
        let flags = fields[2].utf8.map { Int($0) - 0x30 }
        guard flags.count == 5, flags.allSatisfy({ (0...9).contains($0) }), flags[0] <= 1, flags[1] <= 1, flags[2] <= 1
        else { return nil }
        var target = ""
        if flags[1] == 0 {
            guard let canonical = CodeForm.canonical(fields[1], in: systems.target) else { return nil }
            target = canonical
        }
        return GeneralMapping(
            source: source, target: target, isApproximate: flags[0] == 1, hasNoMap: flags[1] == 1,
            isCombination: flags[2] == 1, scenario: flags[3], choiceList: flags[4])
    }
}
