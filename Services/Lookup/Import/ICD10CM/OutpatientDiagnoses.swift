/// The diagnoses of the Outpatient Code Editor as `Resources/read_source.py dx` writes them: every valid ICD-10-CM code
/// with the quarters in which it was valid, its official short title, and what the editor checks about it.
package struct OutpatientDiagnoses: Sendable {
    /// The quarters through which a code had one and the same set of values.
    struct Row: Sendable {
        let first: Day
        let last: Day
        let ages: OutpatientAges?
        let flags: [String]
        let title: String
    }

    /// The first and last day that the table speaks of.
    let span: (first: Day, last: Day)
    /// By code without dot, in the order of codes.
    let codes: [(code: String, rows: [Row])]

    /// - Throws: ``FileRefusal`` when the file is damaged or of another layout.
    package init(_ file: SourceFile) throws {
        let remedy = "Run `codingahead data pull` again"
        let list = try TabSeparatedRows(file, format: "#dx")
        guard list.parameters.count == 2, let first = Int(list.parameters[0]).flatMap(Day.init(number:)),
            let last = Int(list.parameters[1]).flatMap(Day.init(number:)), first <= last
        else { throw file.refusal("does not name its quarters", line: 1, remedy: remedy) }
        span = (first, last)
        var codes: [(code: String, rows: [Row])] = []
        for row in list.rows {
            let fields = row.fields
            guard fields.count == 7, let first = Int(fields[1]).flatMap(Day.init(number:)),
                let last = Int(fields[2]).flatMap(Day.init(number:)), first <= last, !fields[6].isEmpty,
                CodeForm.canonical(fields[0], in: .icd10cm) != nil
            else { throw file.refusal("holds a row that is no diagnosis", line: row.line, remedy: remedy) }
            let entry = Row(
                first: first, last: last, ages: OutpatientAges(low: fields[3], high: fields[4]),
                flags: fields[5].split(separator: ",").map(String.init), title: fields[6])
            if codes.last?.code == fields[0] {
                codes[codes.count - 1].rows.append(entry)
            } else {
                codes.append((fields[0], [entry]))
            }
        }
        for index in codes.indices { codes[index].rows.sort { $0.first < $1.first } }
        self.codes = codes
    }

    /// The official short titles on a day, by code without dot.
    func shortTitles(on day: Day) -> [String: String] {
        var titles: [String: String] = [:]
        titles.reserveCapacity(codes.count)
        for (code, rows) in codes {
            titles[code] = rows.first { $0.first <= day && day <= $0.last }?.title
        }
        return titles
    }
}
