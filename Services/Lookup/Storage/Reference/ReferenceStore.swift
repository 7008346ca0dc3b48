import Storage

/// Reads of the reference files of one snapshot.
struct ReferenceStore {
    let connection: SnapshotConnection
    let shelf: ReferenceShelf

    init(_ connection: SnapshotConnection, _ contents: SnapshotContents) {
        self.connection = connection
        shelf = contents.references
    }

    /// The edits of every pair that two of the codes make, whatever their days.
    /// - Complexity: one row a code, and a binary search a pair.
    func pairEdits(among codes: [ProcedureCode], in file: ReferenceID) throws -> [PairEdit] {
        var found: [(first: ProcedureCode, second: ProcedureCode, window: Int)] = []
        for first in codes {
            try connection.each(
                "SELECT seconds FROM pairs WHERE file = ? AND code = ?",
                {
                    $0.bind(1, file.number)
                    $0.bind(2, Int(first.number))
                },
                until: { row in
                    row.withBytes(0) { bytes in
                        let records = PairRecords(bytes)
                        for second in codes where second != first {
                            found += records.windows(of: second).map { (first, second, Int($0)) }
                        }
                    }
                    return false
                })
        }
        return try found.map { PairEdit($0.first, $0.second, try window($0.window, in: file)) }
    }

    /// A window of pairs by its number in the file.
    func window(_ number: Int, in file: ReferenceID) throws -> PairEdit.Window {
        let found = try connection.first(
            "SELECT effective, deleted, indicator, rationale FROM pair_windows WHERE file = ? AND number = ?",
            {
                $0.bind(1, file.number)
                $0.bind(2, number)
            }
        ) { row -> PairEdit.Window? in
            guard let effective = Day(number: row.int(0)), let indicator = PairEdit.Indicator(rawValue: row.int(2))
            else { return nil }
            return PairEdit.Window(
                effective: effective, deleted: row.optionalInt(1).flatMap(Day.init(number:)), indicator: indicator,
                rationale: row.text(3))
        }
        guard let found = found ?? nil else {
            throw SnapshotError.damaged(path: "pair_windows", reason: "window \(number) is missing or malformed")
        }
        return found
    }

    /// The most units of a code; nil: the file has no limit for it.
    func unitLimit(of code: ProcedureCode, in file: ReferenceID) throws -> UnitLimit? {
        try connection.first(
            "SELECT units, measure, rationale FROM unit_limits WHERE file = ? AND code = ?",
            {
                $0.bind(1, file.number)
                $0.bind(2, Int(code.number))
            }
        ) { row -> UnitLimit? in
            UnitLimit.Measure(rawValue: row.int(1)).map {
                UnitLimit(code: code, units: row.int(0), measure: $0, rationale: row.text(2))
            }
        } ?? nil
    }

    /// Every row of an add-on code; empty when it is none.
    func addOnEdits(of code: ProcedureCode, in file: ReferenceID) throws -> [AddOnEdit] {
        try connection.all(
            "SELECT main, first, last, kind FROM add_ons WHERE file = ? AND code = ?",
            {
                $0.bind(1, file.number)
                $0.bind(2, Int(code.number))
            }
        ) { row -> AddOnEdit? in
            guard let kind = AddOnEdit.Kind(rawValue: row.int(3)), let span = Self.span(row, 1, 2) else { return nil }
            return AddOnEdit(
                code: code, primary: row.int(0) == 0 ? nil : ProcedureCode(number: row.int(0)), kind: kind, span: span)
        }.compactMap { $0 }
    }

    /// Everything that the editor says of a code, oldest first; empty when it does not know it.
    func editorSpans(
        of code: String, as subject: ReferenceSchema.Subject, in file: ReferenceID
    ) throws -> [EditorSpan] {
        try connection.all(
            """
            SELECT first, last, youngest, oldest, flags FROM editor_spans
            WHERE file = ? AND subject = ? AND code = ? ORDER BY first
            """,
            {
                $0.bind(1, file.number)
                $0.bind(2, subject.rawValue)
                $0.bind(3, code)
            }
        ) { row -> EditorSpan? in
            guard let span = Self.span(row, 0, 1), row.int(2) <= row.int(3) else { return nil }
            return EditorSpan(
                span: span, ages: row.int(2)...row.int(3), flags: EditorSpan.Flags(rawValue: row.int(4)))
        }.compactMap { $0 }
    }

    /// The modifiers that may not stand beside a modifier on a day.
    func conflicts(of modifier: String, on day: Day, in file: ReferenceID) throws -> [String] {
        try connection.all(
            "SELECT other, first, last FROM modifier_conflicts WHERE file = ? AND modifier = ?",
            {
                $0.bind(1, file.number)
                $0.bind(2, modifier)
            }
        ) { row in Self.span(row, 1, 2)?.holds(day) == true ? row.text(0) : nil }.compactMap { $0 }
    }

    /// The rows of a mapping for a code in canonical form, in the order of the file.
    func mappings(of source: String, in file: ReferenceID) throws -> [GeneralMapping] {
        try connection.all(
            "SELECT target, flags, scenario, choice FROM mappings WHERE file = ? AND source = ? ORDER BY place",
            {
                $0.bind(1, file.number)
                $0.bind(2, source)
            }
        ) { row in
            GeneralMapping(
                source: source, target: row.text(0), isApproximate: row.int(1) & 1 != 0, hasNoMap: row.int(1) & 2 != 0,
                isCombination: row.int(1) & 4 != 0, scenario: row.int(2), choiceList: row.int(3))
        }
    }

    static func span(_ row: SnapshotStatement, _ first: Int32, _ last: Int32) -> DaySpan? {
        Day(number: row.int(first)).map { DaySpan($0, row.optionalInt(last).flatMap(Day.init(number:))) }
    }
}
