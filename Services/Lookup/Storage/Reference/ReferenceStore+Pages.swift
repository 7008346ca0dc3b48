import Storage

extension ReferenceStore {
    /// The other code of a pair in force, and what a modifier does to it.
    struct PairPartner: Sendable, Equatable {
        var code: ProcedureCode
        var indicator: PairEdit.Indicator
    }

    /// The codes that are not paid beside a code (it is column one), or beside which it is not paid (column two), by the pairs
    /// in force on a day, in the order of the codes.
    /// - Complexity: one row.
    func partners(
        of code: ProcedureCode, asFirst: Bool, on day: Day, in file: ReferenceID
    ) throws -> [PairPartner] {
        var records: [PairRecords.Record] = []
        func bind(_ row: SnapshotStatement) {
            row.bind(1, file.number)
            row.bind(2, Int(code.number))
        }
        func read(_ row: SnapshotStatement) -> Bool {
            row.withBytes(0) { records += PairRecords($0) }
            return false
        }
        if asFirst {
            try connection.each("SELECT seconds FROM pairs WHERE file = ? AND code = ?", bind, until: read)
        } else {
            try connection.each("SELECT seconds FROM pairs_by_second WHERE file = ? AND code = ?", bind, until: read)
        }
        var indicators: [UInt16: PairEdit.Indicator?] = [:]
        var partners: [PairPartner] = []
        for record in records {
            let indicator: PairEdit.Indicator?
            if let known = indicators[record.window] {
                indicator = known
            } else {
                let window = try window(Int(record.window), in: file)
                indicator = window.holds(on: day) ? window.indicator : nil
                indicators[record.window] = indicator
            }
            guard let indicator, let other = ProcedureCode(number: Int(record.second)) else { continue }
            if partners.last?.code != other { partners.append(PairPartner(code: other, indicator: indicator)) }
        }
        return partners
    }

    /// The add-on codes that name a code as a primary code on a day, in the order of the codes.
    func addOns(to primary: ProcedureCode, on day: Day, in file: ReferenceID) throws -> [ProcedureCode] {
        let rows = try connection.all(
            "SELECT code, first, last FROM add_ons WHERE file = ? AND main = ? ORDER BY code",
            {
                $0.bind(1, file.number)
                $0.bind(2, Int(primary.number))
            }
        ) { row in Self.span(row, 1, 2)?.holds(day) == true ? ProcedureCode(number: row.int(0)) : nil }
        return rows.compactMap { $0 }.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }
}
