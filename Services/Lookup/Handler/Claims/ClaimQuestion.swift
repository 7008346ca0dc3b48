/// Reads a claim as a caller sent it, and says what of it is malformed.
struct ClaimQuestion {
    /// One line as it was sent.
    struct Line: Sendable {
        var code = ""
        var modifiers: [String] = []
        var units = 0
        var pointers: [Int] = []
        var day = ""
    }

    var lines: [Line] = []
    var diagnoses: [String] = []
    var day = ""
    var setting = ""
    var age = 0
    var isUnderOne = false
    var sex = ""

    /// The age above which it is taken for a slip; the editor's tables go as far.
    private static let oldest = 124

    /// - Throws: `LookupError.invalid` with the field.
    func claim() throws(LookupError) -> Claim {
        guard !lines.isEmpty else { throw .invalid(field: "lines", "A claim has at least one line.") }
        guard lines.count <= Claim.mostLines else {
            throw .invalid(
                field: "lines", "A claim has at most \(Claim.mostLines) lines; this one has \(lines.count).")
        }
        guard let date = try Self.day(day, field: "date_of_service") else {
            throw .invalid(
                field: "date_of_service", "The date of service is missing; write YYYY-MM-DD, such as 2026-04-01.")
        }
        let diagnoses = try diagnosisCodes()
        var checked: [Claim.Line] = []
        for (place, line) in lines.enumerated() {
            checked.append(try Self.line(line, number: place + 1, date, diagnoses.count))
        }
        return Claim(
            lines: checked, diagnoses: diagnoses, day: date, setting: try settingNamed(), age: try years(),
            sex: try sexNamed())
    }

    private func diagnosisCodes() throws(LookupError) -> [String] {
        guard diagnoses.count <= Claim.mostDiagnoses else {
            throw .invalid(
                field: "diagnoses",
                "A claim has at most \(Claim.mostDiagnoses) diagnoses; this one has \(diagnoses.count).")
        }
        var codes: [String] = []
        for (place, text) in diagnoses.enumerated() {
            guard let code = CodeForm.canonical(text, in: .icd10cm), code.utf8.count >= 3, !code.contains("-") else {
                throw .invalid(
                    field: "diagnoses",
                    "Diagnosis \(place + 1), “\(Catalogue.shortened(text))”, has not the form of an ICD-10-CM code.")
            }
            codes.append(code)
        }
        return codes
    }

    private static func line(
        _ line: Line, number: Int, _ date: Day, _ diagnoses: Int
    ) throws(LookupError) -> Claim.Line {
        guard line.code.utf8.count <= CodeForm.longestInput, let code = ProcedureCode(line.code) else {
            throw .invalid(
                field: "lines",
                "Line \(number): “\(Catalogue.shortened(line.code))” has not the form of a CPT or HCPCS code "
                    + "(five characters).")
        }
        guard line.modifiers.count <= Claim.mostModifiers else {
            throw .invalid(
                field: "lines",
                "Line \(number) has \(line.modifiers.count) modifiers; at most \(Claim.mostModifiers) are sent.")
        }
        var modifiers: [String] = []
        for text in line.modifiers {
            guard text.utf8.count <= CodeForm.longestInput,
                let modifier = CodeForm.canonical(text, in: .hcpcsModifier)
            else {
                throw .invalid(
                    field: "lines",
                    "Line \(number): “\(Catalogue.shortened(text))” has not the form of a modifier (two characters).")
            }
            modifiers.append(modifier)
        }
        guard line.units <= Claim.mostUnits else {
            throw .invalid(field: "lines", "Line \(number) has more than \(Claim.mostUnits) units.")
        }
        guard line.pointers.count <= Claim.mostPointers else {
            throw .invalid(
                field: "lines", "Line \(number) points at more than \(Claim.mostPointers) diagnoses.")
        }
        if let wrong = line.pointers.first(where: { $0 < 1 || $0 > diagnoses }) {
            throw .invalid(
                field: "lines", "Line \(number) points at diagnosis \(wrong), and the claim has \(diagnoses).")
        }
        return Claim.Line(
            number: number, code: code, modifiers: modifiers, units: max(1, line.units), pointers: line.pointers,
            day: try day(line.day, field: "lines") ?? date)
    }

    private static func day(_ text: String, field: String) throws(LookupError) -> Day? {
        if text.isEmpty { return nil }
        guard text.utf8.count == 10, let day = Day(text) else {
            throw .invalid(
                field: field, "“\(Catalogue.shortened(text))” is no day; write YYYY-MM-DD, such as 2026-04-01.")
        }
        return day
    }

    private func settingNamed() throws(LookupError) -> ClaimSetting? {
        if setting.isEmpty { return nil }
        guard let named = ClaimSetting(rawValue: setting.lowercased()) else {
            throw .invalid(
                field: "setting",
                "“\(Catalogue.shortened(setting))” is no setting; use one of "
                    + ClaimSetting.allCases.map(\.rawValue).joined(separator: ", ")
                    + ", or leave it empty to ask the edits of every loaded setting.")
        }
        return named
    }

    private func years() throws(LookupError) -> Int? {
        guard age <= Self.oldest else {
            throw .invalid(field: "age", "The age is given in years, 0 to \(Self.oldest).")
        }
        guard !isUnderOne || age == 0 else {
            throw .invalid(field: "under_one", "The patient is either younger than one year or \(age).")
        }
        return isUnderOne ? 0 : age == 0 ? nil : age
    }

    private func sexNamed() throws(LookupError) -> PatientSex? {
        switch sex.lowercased() {
        case "": return nil
        case "female", "f": return .female
        case "male", "m": return .male
        default:
            throw .invalid(
                field: "sex", "“\(Catalogue.shortened(sex))” is not understood; write female or male, or leave it out.")
        }
    }
}
