import Contracts

/// A claim as its form gives it: rows of five fields, and a box for pasted rows.
struct ClaimForm: Sendable {
    /// Five fields a row and some beside them stay below what a form may have.
    static let rowCount = 8

    /// Why the form is no claim yet; the message is for the reader.
    struct Mistake: Error {
        let message: String
    }

    struct Row: Sendable {
        var code = ""
        var modifiers = ""
        var units = ""
        var pointers = ""
        var day = ""

        var isEmpty: Bool { [code, modifiers, units, pointers, day].allSatisfy(\.isEmpty) }
    }

    let rows: [Row]
    let pasted: String
    let diagnoses: String
    let on: String
    let setting: String
    let age: String
    let sex: String

    init(_ fields: FormFields) {
        rows = (1...Self.rowCount).map { number in
            Row(
                code: fields["code\(number)"], modifiers: fields["modifiers\(number)"], units: fields["units\(number)"],
                pointers: fields["pointers\(number)"], day: fields["day\(number)"])
        }
        pasted = fields["lines"]
        diagnoses = fields["diagnoses"]
        on = fields["on"]
        setting = fields["setting"]
        age = fields["age"]
        sex = fields["sex"]
    }

    /// The claim that the form means. What is wrong with a code or a day Lookup says better.
    /// - Throws: `Mistake` for what is no number, and for an empty form.
    func request() throws(Mistake) -> ReferenceAPI.CheckClaimRequest {
        var lines: [ReferenceAPI.ClaimLine] = []
        for row in rows + pastedRows where !row.isEmpty { lines.append(try line(row, number: lines.count + 1)) }
        guard !lines.isEmpty else { throw Mistake(message: "The claim has no line: give at least one code.") }
        let years = try number(age, "The age")
        return ReferenceAPI.CheckClaimRequest(
            lines: lines, diagnoses: Self.words(diagnoses), dateOfService: on, setting: setting, age: years,
            underOne: age == "0", sex: sex)
    }

    /// One row a line of text: code, modifiers, units, pointers, day, between tabs or semicolons.
    private var pastedRows: [Row] {
        pasted.split(whereSeparator: \.isNewline).map { line in
            let parts = line.split(omittingEmptySubsequences: false) { $0 == "\t" || $0 == ";" }
                .map { $0.drop(while: \.isWhitespace) }.map { String($0) }
            func part(_ place: Int) -> String {
                guard parts.indices.contains(place) else { return "" }
                return String(parts[place].reversed().drop(while: \.isWhitespace).reversed())
            }
            return Row(code: part(0), modifiers: part(1), units: part(2), pointers: part(3), day: part(4))
        }
    }

    private func line(_ row: Row, number place: Int) throws(Mistake) -> ReferenceAPI.ClaimLine {
        var pointers: [UInt32] = []
        for word in Self.words(row.pointers) {
            for pointer in try Self.pointers(word, line: place) { pointers.append(pointer) }
        }
        return ReferenceAPI.ClaimLine(
            code: row.code, modifiers: Self.words(row.modifiers),
            units: try number(row.units, "The units of line \(place)"), diagnosisPointers: pointers,
            dateOfService: row.day)
    }

    /// `2`, `B`, or letters together (`ABC`) as on the paper form.
    private static func pointers(_ word: String, line: Int) throws(Mistake) -> [UInt32] {
        if let number = UInt32(word) { return [number] }
        var pointers: [UInt32] = []
        for byte in word.uppercased().utf8 {
            guard (UInt8(ascii: "A")...UInt8(ascii: "Y")).contains(byte) else {
                throw Mistake(
                    message: "The diagnosis pointers of line \(line) are numbers or letters, such as 1,2 or AB.")
            }
            pointers.append(UInt32(byte - UInt8(ascii: "A")) + 1)
        }
        return pointers
    }

    private func number(_ text: String, _ what: String) throws(Mistake) -> UInt32 {
        guard !text.isEmpty else { return 0 }
        guard let number = UInt32(text) else { throw Mistake(message: "\(what): a whole number is needed.") }
        return number
    }

    private static func words(_ text: String) -> [String] {
        text.split { $0.isWhitespace || $0 == "," || $0 == ";" || $0 == "+" }.map(String.init)
    }
}
