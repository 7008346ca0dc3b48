import Storage

extension ReferenceWriter {
    /// Adds the most units of a code.
    /// - Throws: `SnapshotBuildError.duplicate` when the file has the code already.
    package mutating func add(_ limit: UnitLimit) throws {
        let insert = try connection.statement(
            "INSERT OR IGNORE INTO unit_limits (file, code, units, measure, rationale) VALUES (?, ?, ?, ?, ?)")
        insert.bind(1, file.number)
        insert.bind(2, Int(limit.code.number))
        insert.bind(3, limit.units)
        insert.bind(4, limit.measure.rawValue)
        insert.bind(5, limit.rationale)
        try insert.run()
        try count(limit.code.description)
    }

    /// Adds an add-on code and one of its primary codes.
    /// - Throws: `SnapshotBuildError.duplicate` when the file has the row already.
    package mutating func add(_ edit: AddOnEdit) throws {
        let insert = try connection.statement(
            "INSERT OR IGNORE INTO add_ons (file, code, main, first, last, kind) VALUES (?, ?, ?, ?, ?, ?)")
        insert.bind(1, file.number)
        insert.bind(2, Int(edit.code.number))
        // 0 is the number of no code: a code has a digit and a letter or five digits, and 00000 is none.
        insert.bind(3, edit.primary.map { Int($0.number) } ?? 0)
        insert.bind(4, Int(edit.span.first.number))
        insert.bind(5, edit.span.last.map { Int($0.number) })
        insert.bind(6, edit.kind.rawValue)
        try insert.run()
        try count("\(edit.code) with \(edit.primary.map(\.description) ?? "no primary code")")
    }

    /// Adds what the editor says of a code through some quarters.
    /// - Throws: `SnapshotBuildError.duplicate` when the file has the code with the same first day.
    mutating func add(_ span: EditorSpan, of code: String, as subject: ReferenceSchema.Subject) throws {
        let insert = try connection.statement(
            """
            INSERT OR IGNORE INTO editor_spans (file, subject, code, first, last, youngest, oldest, flags)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """)
        insert.bind(1, file.number)
        insert.bind(2, subject.rawValue)
        insert.bind(3, code)
        insert.bind(4, Int(span.span.first.number))
        insert.bind(5, span.span.last.map { Int($0.number) })
        insert.bind(6, span.ages.lowerBound)
        insert.bind(7, span.ages.upperBound)
        insert.bind(8, span.flags.rawValue)
        try insert.run()
        try count(code)
    }

    /// Adds two modifiers that no line may carry together.
    /// - Throws: `SnapshotBuildError.duplicate` when the file has the row already.
    mutating func addConflict(_ modifier: String, _ other: String, _ span: DaySpan) throws {
        let insert = try connection.statement(
            "INSERT OR IGNORE INTO modifier_conflicts (file, modifier, other, first, last) VALUES (?, ?, ?, ?, ?)")
        insert.bind(1, file.number)
        insert.bind(2, modifier)
        insert.bind(3, other)
        insert.bind(4, Int(span.first.number))
        insert.bind(5, span.last.map { Int($0.number) })
        try insert.run()
        try count("\(modifier) and \(other)")
    }

    /// Adds what an edit of the editor says.
    /// - Throws: `SnapshotBuildError.duplicate` when the file has the row already.
    mutating func addText(ofEdit number: Int, name: String, text: String, _ span: DaySpan) throws {
        let insert = try connection.statement(
            "INSERT OR IGNORE INTO editor_texts (file, number, first, last, name, text) VALUES (?, ?, ?, ?, ?, ?)")
        insert.bind(1, file.number)
        insert.bind(2, number)
        insert.bind(3, Int(span.first.number))
        insert.bind(4, span.last.map { Int($0.number) })
        insert.bind(5, name)
        insert.bind(6, text)
        try insert.run()
        try count("edit \(number)")
    }

    /// Adds a row of the General Equivalence Mappings; rows of one source keep their order.
    /// - Throws: `SnapshotBuildError.duplicate` when the place is taken.
    package mutating func add(_ mapping: GeneralMapping, place: Int) throws {
        let insert = try connection.statement(
            """
            INSERT OR IGNORE INTO mappings (file, source, place, target, flags, scenario, choice)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """)
        insert.bind(1, file.number)
        insert.bind(2, mapping.source)
        insert.bind(3, place)
        insert.bind(4, mapping.target)
        insert.bind(
            5, (mapping.isApproximate ? 1 : 0) | (mapping.hasNoMap ? 2 : 0) | (mapping.isCombination ? 4 : 0))
        insert.bind(6, mapping.scenario)
        insert.bind(7, mapping.choiceList)
        try insert.run()
        try count(mapping.source)
    }

    /// Counts a row that was to be written.
    /// - Throws: `SnapshotBuildError.duplicate` when it was there already.
    mutating func count(_ what: String) throws {
        guard connection.changes == 1 else { throw SnapshotBuildError.duplicate(what) }
        entries += 1
    }
}
