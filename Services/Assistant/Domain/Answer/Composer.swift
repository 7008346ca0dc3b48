/// Words what the tools found: short sentences, each on the evidence that it says.
///
/// Nothing is said that a record or passage does not hold; where it must be exact, its own words are taken.
enum Composer {
    /// A code: what it is, where it stands, whether it may be billed, whether it is in force.
    static func explanation(_ record: CodeRecord) -> Draft {
        var draft = Draft()
        let explanation = Explanation(record)
        let evidence = explanation.evidence.map { piece in
            Evidence(
                title: "\(CodeSetName.of(record.system)) \(piece.code)", passage: piece.passage, source: record.source,
                href: CodeRecord.href(system: record.system, code: piece.code, on: record.on))
        }
        for sentence in explanation.sentences {
            let places = sentence.evidence.map { draft.cite(evidence[$0 - 1]) }
            draft.sentences.append(DraftSentence(text: sentence.text, evidence: places))
        }
        note(record, in: &draft)
        if record.title.lowercased().contains("unspecified"), record.isBillable {
            draft.nextSteps.append(
                "Check the documentation for what the title leaves unspecified; a code that says more comes first.")
        }
        if !record.isBillable, record.childCount > 0 {
            draft.nextSteps.append("Choose one of the entries below it; the documentation decides which.")
        }
        return draft
    }

    /// The notes of the set at a code and above it, in the order in which a coder reads them.
    /// - Parameter kinds: labels that are wanted; empty: all.
    static func notes(_ record: CodeRecord, only kinds: [String] = [], most: Int = 10) -> Draft {
        var draft = Draft()
        note(record, in: &draft)
        let paragraphs = record.paragraphs(of: "guidelines").filter { paragraph in
            kinds.isEmpty || kinds.contains { paragraph.label.hasPrefix($0) }
        }
        for paragraph in spread(paragraphs, most: most) {
            let place = paragraph.inheritedFrom.isEmpty ? record.code : paragraph.inheritedFrom
            let label = paragraph.label.isEmpty ? "Note" : paragraph.label
            let end = paragraph.text.last.map { ".!?".contains($0) } == true ? "" : "."
            draft.say("\(label) at \(place): \(paragraph.text)\(end)", evidence(paragraph, of: record))
        }
        if record.paragraphs(of: "guidelines").contains(where: { $0.label.hasPrefix("7th character") }) {
            draft.nextSteps.append("Check the documentation for what decides the 7th character, such as the encounter.")
        }
        return draft
    }

    /// When a code was added, changed, dropped, and what took its place.
    static func history(_ record: CodeRecord) -> Draft {
        var draft = Draft()
        note(record, in: &draft)
        for paragraph in record.paragraphs(of: "history").prefix(8) {
            let label = paragraph.label.isEmpty ? "History" : paragraph.label
            draft.say("\(record.code), \(label): \(paragraph.text).".withoutDoubleStop, evidence(paragraph, of: record))
        }
        return draft
    }

    /// Indicators and edits of a code whose label or text says one of some words.
    static func statements(_ record: CodeRecord, blocks: [String], saying words: [String], most: Int = 6) -> Draft {
        var draft = Draft()
        note(record, in: &draft)
        let found = record.paragraphs.filter { paragraph in
            guard blocks.contains(paragraph.block) else { return false }
            let text = QuestionReader.padded(paragraph.label + " " + paragraph.text)
            return words.isEmpty || words.contains { text.contains(" \($0) ") }
        }
        for paragraph in found.prefix(most) {
            let label = paragraph.label.isEmpty ? "" : "\(paragraph.label): "
            draft.say("\(record.code), \(label)\(paragraph.text).".withoutDoubleStop, evidence(paragraph, of: record))
        }
        return draft
    }

    /// What two codes have in common and in what they differ.
    static func comparison(_ one: CodeRecord, _ two: CodeRecord) -> Draft {
        var draft = Draft()
        note(one, in: &draft)
        note(two, in: &draft)
        let (first, second) = (evidence(one), evidence(two))
        draft.say("\(one.code) is “\(one.title)”; \(two.code) is “\(two.title)”.", first, second)
        let shared = one.parents.last { parent in two.parents.contains { $0.code == parent.code } }
        if one.system == two.system, let shared {
            let above = Evidence(
                title: "\(CodeSetName.of(one.system)) \(shared.code)", passage: "\(shared.code) \(shared.title)",
                source: one.source, href: CodeRecord.href(system: one.system, code: shared.code, on: one.on))
            draft.say("Both stand under \(shared.code) (\(shared.title)).", first, second, above)
        } else if one.system != two.system {
            draft.say(
                "\(one.code) belongs to \(CodeSetName.of(one.system)), \(two.code) to \(CodeSetName.of(two.system)).",
                first, second)
        }
        if one.isBillable != two.isBillable {
            let (billable, heading) = one.isBillable ? (one, two) : (two, one)
            draft.say("\(billable.code) may stand on a claim, \(heading.code) may not.", first, second)
        }
        exclusions(one, two, in: &draft)
        exclusions(two, one, in: &draft)
        draft.nextSteps.append(
            "Let the documentation decide: the words in which the two titles differ must be in the record.")
        return draft
    }

    private static func exclusions(_ one: CodeRecord, _ two: CodeRecord, in draft: inout Draft) {
        for paragraph in one.paragraphs(of: "guidelines") where paragraph.label.hasPrefix("Excludes") {
            let named = CodeScanner.mentions(in: paragraph.text).map { CodeKey.of($0.text) }
            let key = CodeKey.of(two.code)
            guard named.contains(where: key.hasPrefix) else { continue }
            let place = paragraph.inheritedFrom.isEmpty ? one.code : paragraph.inheritedFrom
            draft.say(
                "\(paragraph.label) at \(place): \(paragraph.text).".withoutDoubleStop, evidence(paragraph, of: one))
        }
    }

    /// Notes the code and those above it as confirmed.
    static func note(_ record: CodeRecord, in draft: inout Draft) {
        let standing: KnownCodes.Standing =
            switch record.status {
            case .active: .active
            case .retired: .retired
            case .future: .future
            }
        draft.known.note(record.code, standing)
        for parent in record.parents { draft.known.note(parent.code, .active) }
    }

    /// The record of a code as evidence.
    static func evidence(_ record: CodeRecord) -> Evidence {
        Evidence(
            title: record.name, passage: Explanation(record).evidence[0].passage, source: record.source,
            href: record.href)
    }

    /// A statement at a code as evidence.
    static func evidence(_ paragraph: CodeRecord.Paragraph, of record: CodeRecord) -> Evidence {
        let place = paragraph.inheritedFrom.isEmpty ? record.code : paragraph.inheritedFrom
        let label = paragraph.label.isEmpty ? "" : "\(paragraph.label): "
        return Evidence(
            title: "\(CodeSetName.of(record.system)) \(place)", passage: label + paragraph.text,
            source: paragraph.source,
            href: CodeRecord.href(system: record.system, code: place, on: record.on))
    }

    /// A few of each label rather than many of the first: a heading with twenty inclusion terms must not hide its Excludes1.
    private static func spread(_ paragraphs: [CodeRecord.Paragraph], most: Int) -> [CodeRecord.Paragraph] {
        guard paragraphs.count > most else { return paragraphs }
        var counts: [String: Int] = [:]
        let few = max(2, most / max(1, Set(paragraphs.map(\.label)).count))
        let kept = paragraphs.filter { paragraph in
            counts[paragraph.label, default: 0] += 1
            return counts[paragraph.label, default: 0] <= few
        }
        return Array(kept.prefix(most))
    }
}

extension String {
    /// Ends with one full stop where two would stand.
    var withoutDoubleStop: String {
        hasSuffix("..") || hasSuffix("?.") || hasSuffix("!.") ? String(dropLast()) : self
    }
}
