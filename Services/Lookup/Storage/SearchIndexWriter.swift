import Storage

/// Makes the search index of a snapshot under construction from its tables.
struct SearchIndexWriter {
    private let connection: SnapshotConnection
    private let ledger: CodeLedger

    init(_ connection: SnapshotConnection, _ ledger: CodeLedger) {
        self.connection = connection
        self.ledger = ledger
    }

    /// Titles are kept while their headings' titles may be asked for.
    private struct Title {
        var text: String
        var short: String
        var parent: Int
        var sides: SearchSides
    }

    /// Writes the file.
    /// - Throws: `SnapshotError` when it cannot be written or the tables cannot be read; `FileRefusal` when the vocabulary is
    ///   missing.
    func write(to path: String) throws {
        var builder = SearchFileBuilder()
        let titles = try self.titles()
        let unnamed = codesWithUnnamedSide(titles)
        let order = titles.keys.sorted { rank($0) < rank($1) }
        var places: [Int: UInt32] = [:]
        for (place, number) in order.enumerated() { places[number] = UInt32(place) }
        for number in order {
            guard let title = titles[number] else { continue }
            let code = ledger.codes[number - 1]
            let key = CodeForm.key(code.code)
            let ended = ledger.retirement(of: code)
            let parent = sharesWords(title.parent) ? places[title.parent] : nil
            let document = SearchDocument(
                code: UInt32(number), chapter: UInt32(code.chapter), added: code.added?.number ?? 0,
                retired: ended?.number ?? 0, parent: parent ?? SearchDocument.noParent,
                prior: SearchPrior.of(
                    code.system, key: key, title: title.text, billable: code.billable,
                    unnamedSide: unnamed.contains(number) || unnamed.contains(title.parent), ended: ended != nil),
                system: UInt8(code.system.number), billable: code.billable, sides: title.sides)
            // The codes of 7th characters would make the words of injuries common, a set of the past those of diseases.
            let counted = code.system != .icd9cm && !(code.system == .icd10cm && key.utf8.count == 7)
            builder.add(
                document, editions: try editions(number), phrases: try phrases(number, code, title), counted: counted,
                spotted: Self.isSpotted(code, key: key))
        }
        let vocabulary = String(decoding: try SourceList.resource("search-vocabulary.txt"), as: UTF8.self)
        try SearchFileWriter.write(builder.finish(vocabulary: SearchVocabulary.parse(vocabulary)), to: path)
    }

    /// Diagnoses without their 7th characters; external causes are told by the story, not by words.
    private static func isSpotted(_ code: CodeLedger.Code, key: String) -> Bool {
        guard code.system == .icd10cm, (3...6).contains(key.utf8.count), !key.contains("-"), let first = key.utf8.first
        else { return false }
        return first >= UInt8(ascii: "A") && first < UInt8(ascii: "V") || first == UInt8(ascii: "Z")
    }

    private func rank(_ number: Int) -> Int { ledger.codes[number - 1].system.number << 32 | number }

    /// ICD codes below a category are found by the words of their headings up to it.
    private func sharesWords(_ heading: Int) -> Bool {
        guard heading > 0 else { return false }
        let code = ledger.codes[heading - 1]
        return (code.system == .icd10cm || code.system == .icd9cm) && code.code.utf8.count >= 3
            && !code.code.contains("-") && code.chapter != 0
    }

    private func titles() throws -> [Int: Title] {
        var titles: [Int: Title] = [:]
        try connection.each(
            "SELECT c.id, l.title, l.short_title, coalesce(l.parent, 0) FROM codes c JOIN listings l ON l.id = c.latest",
            { _ in }
        ) { row in
            let text = row.text(1)
            titles[row.int(0)] = Title(
                text: text, short: row.text(2), parent: row.int(3),
                sides: SearchSides(stems: Words.words(of: text).map(\.stem)))
            return true
        }
        return titles
    }

    /// The codes whose titles leave a side open that siblings name.
    private func codesWithUnnamedSide(_ titles: [Int: Title]) -> Set<Int> {
        let sided = Set(titles.values.filter { !$0.sides.isEmpty }.map(\.parent))
        var unnamed: Set<Int> = []
        for (number, title) in titles
        where title.parent != 0 && title.sides.isEmpty && sided.contains(title.parent)
            && title.text.contains("nspecified")
        {
            unnamed.insert(number)
        }
        return unnamed
    }

    private func editions(_ number: Int) throws -> [Int] {
        try connection.all("SELECT edition FROM listings WHERE code = ? ORDER BY edition", { $0.bind(1, number) }) {
            $0.int(0)
        }
    }

    /// The wordings of a code: its title first, then what it includes, other titles, and the terms that lead to it.
    private func phrases(_ number: Int, _ code: CodeLedger.Code, _ title: Title) throws -> [SearchPhrase] {
        var phrases = [SearchPhrase(kind: .title, text: title.text)]
        var seen: Set<String> = [title.text]
        func add(_ kind: SearchPhrase.Kind, _ text: String, _ optional: String = "") {
            if seen.insert(text).inserted { phrases.append(SearchPhrase(kind: kind, text: text, optional: optional)) }
        }
        if !title.short.isEmpty { add(.inclusion, title.short) }
        try connection.each(
            """
            SELECT text FROM notes WHERE code = ?1 AND kind IN ('inclusionTerm', 'includes')
            UNION ALL SELECT title FROM listings WHERE code = ?1 AND id <> ?2
            """,
            {
                $0.bind(1, number)
                $0.bind(2, code.latest)
            }
        ) { row in
            add(.inclusion, row.text(0))
            return true
        }
        try connection.each(
            "SELECT kind, text, optional FROM terms WHERE code = ? ORDER BY rowid", { $0.bind(1, number) }
        ) { row in
            guard let kind = UInt8(exactly: row.int(0)).flatMap(SearchPhrase.Kind.init(rawValue:)) else { return true }
            add(kind, row.text(1), row.text(2))
            return true
        }
        return phrases
    }
}
