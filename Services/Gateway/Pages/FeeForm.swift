import Contracts

/// What a price is asked for, as the query of `/fees` gives it.
struct FeeForm: Sendable {
    /// Why the form is no question yet; the message is for the reader.
    struct Mistake: Error {
        let message: String
    }

    let code: String
    let on: String
    let modifiers: String
    let locality: String
    let state: String
    let zip: String
    let setting: String
    let units: String
    let minutes: String
    let baseUnits: String

    init(_ fields: FormFields) {
        code = fields["code"]
        on = fields["on"]
        modifiers = fields["modifiers"]
        locality = fields["locality"]
        state = fields["state"]
        zip = fields["zip"]
        setting = fields["setting"]
        units = fields["units"]
        minutes = fields["minutes"]
        baseUnits = fields["base_units"]
    }

    /// Nothing was asked yet.
    var isEmpty: Bool { code.isEmpty && on.isEmpty }

    /// - Throws: `Mistake` for what is no number.
    func request() throws(Mistake) -> ReferenceAPI.PriceServiceRequest {
        ReferenceAPI.PriceServiceRequest(
            code: code, dateOfService: on,
            modifiers: modifiers.split { $0 == " " || $0 == "," || $0 == "+" }.map(String.init), locality: locality,
            state: state, zip: zip, setting: setting, units: try number(units, "Units"),
            anesthesiaMinutes: try number(minutes, "Minutes of anesthesia"),
            anesthesiaBaseUnits: try number(baseUnits, "Base units"))
    }

    private func number(_ text: String, _ what: String) throws(Mistake) -> UInt32 {
        guard !text.isEmpty else { return 0 }
        guard let number = UInt32(text) else { throw Mistake(message: "\(what): a whole number is needed.") }
        return number
    }
}
