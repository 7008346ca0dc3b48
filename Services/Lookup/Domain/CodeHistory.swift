/// The block "history": when the code was added, reworded and deleted, what took its place, and which editions list it.
struct CodeHistory {
    /// The code as one edition lists it.
    struct Entry {
        var listing: Listing
        var edition: LoadedEdition
    }

    /// As the page shows it.
    let listing: Listing
    let edition: LoadedEdition
    /// Every listing of the code, oldest first.
    private let entries: [Entry]
    /// All code-holding editions of the system, oldest first.
    private let loaded: [LoadedEdition]
    private let key: String

    /// - Parameters:
    ///   - listings: the code in every edition that lists it.
    ///   - loaded: all editions of the system that hold codes, in any order.
    init(_ listing: Listing, in edition: LoadedEdition, listings: [Entry], loaded: [LoadedEdition]) {
        self.listing = listing
        self.edition = edition
        entries = listings.sorted { EditionCalendar.answersBefore($1.edition, $0.edition) }
        self.loaded = loaded.sorted { EditionCalendar.answersBefore($1, $0) }
        key = CodeForm.key(listing.code)
    }

    /// - Parameters:
    ///   - replacements: what took the code's place.
    ///   - predecessors: the codes whose place it took.
    func paragraphs(replacements: [Replacement], predecessors: [Listing]) -> [PageParagraph] {
        var paragraphs = [added].compactMap { $0 } + revisions()
        if let deletion { paragraphs.append(deletion) }
        paragraphs += replacements.map(Self.paragraph)
        paragraphs += predecessors.map {
            PageParagraph("\($0.code), \($0.title)", label: "Takes the place of")
        }
        return paragraphs + listedIn()
    }

    // MARK: Added and deleted

    private var added: PageParagraph? {
        // A file with long titles is the set's own and knows the day best.
        let dated = entries.filter { $0.listing.added != nil }
        let entry = dated.last { !$0.listing.wording.long.isEmpty } ?? dated.last
        if let entry, let day = entry.listing.added {
            return PageParagraph("\(day)", label: "Added", source: PageSource(entry.edition.record))
        }
        guard let first = entries.first, let begin = loaded.first else { return nil }
        if let before = loaded.last(where: { $0.record.effective < first.edition.record.effective && covers($0) }),
            isComparable(before, first.edition)
        {
            return PageParagraph(
                "\(first.edition.record.effective): the first loaded edition that lists it is \(first.edition.label); "
                    + "\(before.label) does not", label: "Added", source: PageSource(first.edition.record))
        }
        let day = min(first.edition.record.effective, begin.record.effective)
        let isOldest = first.edition.record.effective == day
        return PageParagraph(
            "on \(first.edition.record.effective) or before: the oldest loaded edition "
                + (isOldest ? "lists it" : "of its source lists it, and those before do not cover such codes"),
            label: "Added", source: PageSource(first.edition.record))
    }

    /// HCPCS files of different publishers cover different codes (CDT), so the silence of one says nothing of another's.
    private func isComparable(_ one: LoadedEdition, _ other: LoadedEdition) -> Bool {
        let system = one.record.system
        return (system != .hcpcs && system != .hcpcsModifier) || one.record.sourceName == other.record.sourceName
    }

    /// The first day on which it may no longer be used, with the file that says so or the edition that dropped it.
    private var deletion: PageParagraph? {
        if let entry = entries.last, let day = entry.listing.retired {
            return PageParagraph(
                "\(day), the first day on which it may no longer be used", label: "Deleted",
                source: PageSource(entry.edition.record))
        }
        guard let last = entries.last,
            let dropping = loaded.first(where: { $0.record.effective > last.edition.record.effective && covers($0) })
        else { return nil }
        return PageParagraph(
            "\(dropping.record.effective): \(dropping.label) no longer lists it", label: "Deleted",
            source: PageSource(dropping.record))
    }

    private func covers(_ edition: LoadedEdition) -> Bool { edition.record.coverage.covers(key) }

    // MARK: Revised

    /// Long and short titles are followed apart: one file's new short title is no change of another's long one.
    private func revisions() -> [PageParagraph] {
        let long = changes(\.long, label: "Revised")
        let short = changes(\.short, label: "Short description revised")
        return (long + short).sorted { $0.day < $1.day }.map(\.paragraph)
    }

    private func changes(
        _ text: KeyPath<Wording, String>, label: String
    ) -> [(day: Day, paragraph: PageParagraph)] {
        var changes: [(day: Day, paragraph: PageParagraph)] = []
        var before: Entry?
        for entry in entries {
            let new = entry.listing.wording[keyPath: text]
            guard !new.isEmpty else { continue }
            if let before, Wording.differ(before.listing.wording[keyPath: text], new) {
                let day = entry.edition.record.effective
                changes.append(
                    (
                        day,
                        Self.revision(
                            from: before.listing.wording[keyPath: text], to: new, prefix: when(before, entry) + ": ",
                            label: label, source: PageSource(entry.edition.record))
                    ))
            }
            before = entry
        }
        return changes
    }

    /// The day, or the span of days when editions between the two word nothing.
    private func when(_ before: Entry, _ after: Entry) -> String {
        let (first, last) = (before.edition.record.effective, after.edition.record.effective)
        let isNext = !loaded.contains { $0.record.effective > first && $0.record.effective < last }
        return isNext ? "\(last)" : "Between \(first) and \(last)"
    }

    /// A sentence that gives both wordings, with the words that went and came marked.
    static func revision(
        from old: String, to new: String, prefix: String = "", label: String, source: PageSource?
    ) -> PageParagraph {
        let difference = TextDifference(from: old, to: new)
        let opening = prefix + "“"
        let middle = "” became “"
        let start = opening.unicodeScalars.count
        let second = start + old.unicodeScalars.count + middle.unicodeScalars.count
        let marks =
            difference.removed.map {
                TextMark(kind: .removed, range: ($0.lowerBound + start)..<($0.upperBound + start))
            }
            + difference.added.map {
                TextMark(kind: .added, range: ($0.lowerBound + second)..<($0.upperBound + second))
            }
        return PageParagraph(opening + old + middle + new + "”", label: label, source: source, marks: marks)
    }

    // MARK: Replaced, listed

    private static func paragraph(_ replacement: Replacement) -> PageParagraph {
        // A code of another set: HCPCS files refer to CPT by number alone.
        let bare = replacement.code.first?.isNumber == true ? "CPT code \(replacement.code)" : replacement.code
        let text = replacement.title.isEmpty ? bare : "\(replacement.code), \(replacement.title)"
        switch replacement.basis {
        case .reference(let edition): return PageParagraph(text, label: "Use instead", source: PageSource(edition))
        case .division: return PageParagraph(text, label: "Divided into")
        }
    }

    /// One paragraph a source; editions of it that follow each other are given as first and last.
    private func listedIn() -> [PageParagraph] {
        var sources: [String] = []
        for entry in entries where !sources.contains(entry.edition.record.sourceName) {
            sources.append(entry.edition.record.sourceName)
        }
        let listed = Set(entries.map(\.edition.id))
        return sources.map { source in
            let editions = loaded.filter { $0.record.sourceName == source }
            var runs: [(first: LoadedEdition, last: LoadedEdition)] = []
            for edition in editions where listed.contains(edition.id) {
                if let run = runs.last, run.last.record.end?.next == edition.record.effective {
                    runs[runs.count - 1] = (run.first, edition)
                } else {
                    runs.append((edition, edition))
                }
            }
            let text = runs.map { run in
                run.first.id == run.last.id
                    ? run.first.record.edition : "\(run.first.record.edition) to \(run.last.record.edition)"
            }
            return PageParagraph(
                "\(source): " + text.joined(separator: "; "), label: "Listed in",
                source: editions.last { listed.contains($0.id) }.map { PageSource($0.record) })
        }
    }
}
