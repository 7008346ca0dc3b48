/// The Physician Fee Schedule's formula: `((work × work GPCI) + (expense × PE GPCI) + (malpractice × MP GPCI)) × CF`,
/// rounded once, at the end, to the cent (CMS, PPRRVU file documentation).
struct PhysicianFee {
    let value: RelativeValue
    /// Nil: national, every index 1.
    let cost: PracticeCost?
    let setting: PriceSetting
    let modifiers: [String]
    let units: Int
    let sources: [Citation]

    private static let cents = 2

    func price() -> Price {
        var price = Price(
            schedule: .relativeValues, setting: setting, locality: cost?.name ?? "", amount: nil, sources: sources)
        let note = setting == .facility ? value.facilityNote : value.nonFacilityNote
        if note == "NA" {
            price.remarks.append("NA: the service is rarely or never performed in this setting.")
        }
        if cost == nil { price.remarks.append("National: every index is taken as 1. Name a locality for its price.") }
        if let remark = value.statusRemark {
            price.remarks.append(remark)
            return price
        }
        let expense = setting == .facility ? value.expenseFacility : value.expenseNonFacility
        let one = ExactNumber(1)
        let parts: [(label: String, value: ExactNumber, index: ExactNumber)] = [
            ("Work", value.work, cost?.work ?? one),
            ("Practice expense, \(setting.rawValue)", expense, cost?.expense ?? one),
            ("Malpractice", value.malpractice, cost?.malpractice ?? one),
        ]
        let total = parts.reduce(ExactNumber.zero) { $0 + $1.value * $1.index }
        guard !total.isZero else {
            price.remarks.append("The file has no relative values for the code: the contractor sets the price.")
            return price
        }
        for part in parts {
            price.steps.append(
                Price.Step(
                    label: part.label, expression: "\(part.value) × \(part.index)",
                    value: (part.value * part.index).description))
        }
        let sum = parts.map { ($0.value * $0.index).description }.joined(separator: " + ")
        price.steps.append(Price.Step(label: "Sum", expression: sum, value: total.description))
        let fee = (total * value.factor).rounded(to: Self.cents)
        price.steps.append(
            Price.Step(
                label: "Conversion factor", expression: "\(total) × \(value.factor)", value: fee.description))
        price.amount = adjusted(fee, &price)
        return price
    }

    /// Modifiers 50 and 51 as the file's indicators say, then units.
    private func adjusted(_ fee: ExactNumber, _ price: inout Price) -> ExactNumber {
        var amount = fee
        if modifiers.contains("50") {
            switch value.bilateral {
            case "1": amount = percent(150, of: amount, "Both sides, bilateral indicator 1", &price)
            case "3": amount = percent(200, of: amount, "Each side in full, bilateral indicator 3", &price)
            case "2": price.remarks.append("Bilateral indicator 2: the values are for both sides already.")
            case "0": price.remarks.append("Bilateral indicator 0: nothing more is paid for modifier 50.")
            default: price.remarks.append("Bilateral indicator \(value.bilateral): modifier 50 does not apply.")
            }
        }
        if modifiers.contains("51") {
            switch value.multiple {
            case "2":
                amount = percent(50, of: amount, "Second or later procedure of the day, multiple indicator 2", &price)
            case "0": price.remarks.append("Multiple procedure indicator 0: paid in full.")
            case "3":
                price.remarks.append(
                    "Multiple procedure indicator 3: endoscopies of a family are paid by their difference to the base "
                        + "endoscopy, which one code alone does not tell.")
            case "9": price.remarks.append("Multiple procedure indicator 9: modifier 51 does not apply.")
            default:
                price.remarks.append(
                    "Multiple procedure indicator \(value.multiple): a reduction of its own applies that is not computed."
                )
            }
        }
        let priced: Set = ["26", "TC", "53", "50", "51"]
        let ignored = modifiers.filter { !priced.contains($0) }
        if !ignored.isEmpty {
            price.remarks.append("The price takes no account of \(ignored.joined(separator: ", ")).")
        }
        guard units > 1 else { return amount }
        let total = amount * ExactNumber(units)
        price.steps.append(Price.Step(label: "Units", expression: "\(amount) × \(units)", value: total.description))
        return total
    }

    private func percent(
        _ percent: Int, of amount: ExactNumber, _ label: String, _ price: inout Price
    ) -> ExactNumber {
        let result = (amount * ExactNumber(percent)).divided(by: 100).rounded(to: Self.cents)
        price.steps.append(
            Price.Step(label: label, expression: "\(amount) × \(percent) %", value: result.description))
        return result
    }
}
