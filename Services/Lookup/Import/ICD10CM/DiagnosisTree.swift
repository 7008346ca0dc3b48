/// Puts the codes of a plain list in the order and under the headings of the set, and hands them on.
struct DiagnosisTree {
    /// A code or heading of the list.
    struct Item {
        /// Without dot.
        var key: String
        var title: String
        var shortTitle: String
        var billable: Bool
        var added: Day?
        var retired: Day?
    }

    private let headings: DiagnosisHeadings

    init(_ headings: DiagnosisHeadings) { self.headings = headings }

    /// Hands the list on, each code below the longest heading that it begins with.
    ///
    /// - Throws: what `sink` throws; ``FileRefusal`` for a category outside every section.
    func handOn(_ items: [Item], of file: SourceFile, to sink: inout some RecordSink) throws {
        let byCategory = Dictionary(grouping: items) { String($0.key.prefix(3)) }
        var placed = 0
        for shelf in headings.arrange(Set(byCategory.keys)) {
            try sink.add(shelf.record)
            for category in shelf.categories {
                let own = byCategory[category] ?? []
                try handOn(own, below: shelf.record.code, to: &sink)
                placed += own.count
            }
        }
        guard placed == items.count else {
            throw file.refusal(
                "has \(items.count - placed) codes in categories that no section of the Tabular List spans",
                remedy: "Give the Tabular List of a year near the list's own")
        }
    }

    /// One category.
    private func handOn(_ items: [Item], below section: String, to sink: inout some RecordSink) throws {
        let listed = Set(items.map(\.key))
        var all = items
        var made: Set<String> = []
        for item in items {
            for length in 3..<max(3, item.key.count) {
                let key = String(item.key.prefix(length))
                guard !listed.contains(key), made.insert(key).inserted, let title = headings.title(of: key) else {
                    continue
                }
                all.append(Item(key: key, title: title, shortTitle: "", billable: false))
            }
        }
        all.sort { $0.key < $1.key }
        // Codes of a plain list that longer ones begin with are headings above them.
        var above: [String] = []
        for item in all {
            while let last = above.last, !item.key.hasPrefix(last) { above.removeLast() }
            try sink.add(
                CodeRecord(
                    code: Self.dotted(item.key), parent: above.last.map(Self.dotted) ?? section, title: item.title,
                    shortTitle: item.shortTitle, billable: item.billable, added: item.added, retired: item.retired))
            above.append(item.key)
        }
    }

    /// The canonical form.
    static func dotted(_ key: String) -> String {
        key.utf8.count > 3 ? key.prefix(3) + "." + key.dropFirst(3) : key
    }
}
