/// Chapters, sections and headings of the Tabular List, under which the codes of a plain list are put. Headings that have
/// no code of the list below them are left out.
package struct DiagnosisHeadings: Sendable {
    /// A chapter or section.
    private struct Shelf {
        let code: String
        let title: String
        let parent: String?
        /// Of a section.
        let range: SectionRange?
    }

    private let shelves: [Shelf]
    /// Category → the section it stands in.
    private let sections: [String: String]
    /// Heading without dot → title. Categories and what is below them.
    private let titles: [String: String]

    /// - Parameters:
    ///   - file: the Tabular List.
    ///   - version: what the file's `<version>` says.
    /// - Throws: ``FileRefusal``.
    package init(_ file: SourceFile, version: String) throws {
        var sink = HeadingSink()
        _ = try TabularImporter(file, version: version, checkedAgainst: nil).read(into: &sink)
        shelves = sink.shelves.map {
            Shelf(
                code: $0.code, title: $0.title, parent: $0.parent,
                range: $0.code.contains("-") ? SectionRange(id: $0.code) : nil)
        }
        sections = sink.sections
        titles = sink.titles
    }

    /// The title of a category or of what is below it, when the Tabular List has it.
    func title(of key: String) -> String? { titles[key] }

    /// The chapters and sections in the order of the set, each with the categories that stand directly in it.
    ///
    /// - Parameter categories: three characters each. A category that the Tabular List no longer has goes to the narrowest
    ///   section that spans it.
    func arrange(_ categories: Set<String>) -> [(record: CodeRecord, categories: [String])] {
        var bySection: [String: [String]] = [:]
        for category in categories {
            if let section = sections[category] ?? narrowest(category) {
                bySection[section, default: []].append(category)
            }
        }
        var needed: Set<String> = []
        let parents = Dictionary(shelves.map { ($0.code, $0.parent) }, uniquingKeysWith: { first, _ in first })
        for section in bySection.keys {
            var code: String? = section
            while let here = code, needed.insert(here).inserted { code = parents[here] ?? nil }
        }
        return shelves.filter { needed.contains($0.code) }.map { shelf in
            (
                CodeRecord(
                    code: shelf.code, parent: shelf.parent, title: shelf.title, shortTitle: "", billable: false,
                    added: nil, retired: nil),
                (bySection[shelf.code] ?? []).sorted()
            )
        }
    }

    private func narrowest(_ category: String) -> String? {
        shelves.last { shelf in shelf.range.map { $0.first <= category && category <= $0.last } ?? false }?.code
    }
}

/// Keeps the headings of a Tabular List.
private struct HeadingSink: RecordSink {
    var shelves: [(code: String, title: String, parent: String?)] = []
    var sections: [String: String] = [:]
    var titles: [String: String] = [:]

    mutating func add(_ code: CodeRecord) throws {
        if code.code.utf8.count <= 2 || code.code.contains("-") {
            shelves.append((code.code, code.title, code.parent))
        } else {
            let key = CodeForm.key(code.code)
            if key.utf8.count == 3 { sections[key] = code.parent }
            // A category without subdivisions is a code and a heading in one.
            if !code.billable || key.utf8.count == 3 { titles[key] = code.title }
        }
    }

    mutating func add(_ note: NoteRecord) throws {}
    mutating func add(_ fact: FactRecord) throws {}
    mutating func add(_ text: TextRecord) throws {}
    mutating func add(_ term: TermRecord) throws {}
}
