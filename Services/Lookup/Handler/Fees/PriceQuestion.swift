/// What a price is asked for, as the contract words it.
struct PriceQuestion: Sendable {
    var code = ""
    var day = ""
    var modifiers: [String] = []
    var locality = ""
    var state = ""
    var zip = ""
    var setting = ""
    var units = 0
    var anesthesiaMinutes = 0
    var anesthesiaBaseUnits = 0

    /// The question with its shape known to be right.
    struct Checked: Sendable {
        var code: ProcedureCode
        var day: Day
        var modifiers: [String]
        var settings: [PriceSetting]
        var units: Int
    }

    /// Longer than any locality's name.
    private static let longestLocality = 120
    /// A day has 1 440 minutes.
    private static let mostMinutes = 1_440
    private static let mostBaseUnits = 99

    /// - Throws: `LookupError.invalid` with the field.
    func checked() throws(LookupError) -> Checked {
        guard code.utf8.count <= CodeForm.longestInput, let named = ProcedureCode(code) else {
            throw .invalid(
                field: "code",
                "“\(Catalogue.shortened(code))” has not the form of a CPT or HCPCS code (five characters).")
        }
        guard day.utf8.count == 10, let date = Day(day) else {
            throw .invalid(
                field: "date_of_service",
                "“\(Catalogue.shortened(day))” is no date of service; write YYYY-MM-DD, such as 2025-04-01.")
        }
        guard modifiers.count <= Claim.mostModifiers else {
            throw .invalid(field: "modifiers", "At most \(Claim.mostModifiers) modifiers are sent.")
        }
        var codes: [String] = []
        for text in modifiers {
            guard text.utf8.count <= CodeForm.longestInput,
                let modifier = CodeForm.canonical(text, in: .hcpcsModifier)
            else {
                throw .invalid(
                    field: "modifiers",
                    "“\(Catalogue.shortened(text))” has not the form of a modifier (two characters).")
            }
            codes.append(modifier)
        }
        guard locality.utf8.count <= Self.longestLocality else {
            throw .invalid(field: "locality", "No locality has a name of more than \(Self.longestLocality) bytes.")
        }
        guard state.isEmpty || state.utf8.count == 2 else {
            throw .invalid(
                field: "state", "“\(Catalogue.shortened(state))” is no state; write two letters, such as CA.")
        }
        guard zip.isEmpty || zip.utf8.count == 5 && zip.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw .invalid(field: "zip", "“\(Catalogue.shortened(zip))” is no ZIP code; write five digits.")
        }
        guard units <= Claim.mostUnits else {
            throw .invalid(field: "units", "At most \(Claim.mostUnits) units are priced.")
        }
        guard anesthesiaMinutes <= Self.mostMinutes, anesthesiaBaseUnits <= Self.mostBaseUnits else {
            throw .invalid(
                field: "anesthesia_minutes",
                "At most \(Self.mostMinutes) minutes and \(Self.mostBaseUnits) base units are priced.")
        }
        return Checked(
            code: named, day: date, modifiers: codes, settings: try settings(), units: max(1, units))
    }

    private func settings() throws(LookupError) -> [PriceSetting] {
        if setting.isEmpty { return PriceSetting.allCases }
        guard let named = PriceSetting(rawValue: setting.lowercased()) else {
            throw .invalid(
                field: "setting",
                "“\(Catalogue.shortened(setting))” is no setting; use facility or non-facility, or leave it empty for both."
            )
        }
        return [named]
    }
}
