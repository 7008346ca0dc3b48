/// Prices of equipment, drugs and laboratory tests.
enum SupplyFees {
    /// The fees of a row of the DMEPOS or PEN schedule in a state.
    ///
    /// - Parameter isRural: nil: not known; both fees are given.
    static func prices(
        _ fee: EquipmentFee, kind: ReferenceKind, state: String, isRural: Bool?, units: Int, sources: [Citation]
    ) -> [Price] {
        let plain = fee.fees["\(state) N"]
        let rural = fee.fees["\(state) R"]
        var remarks: [String] = []
        if !fee.variant.isEmpty { remarks.append("With modifier \(fee.variant).") }
        if let category = EquipmentFee.categories[fee.category] {
            remarks.append("Category \(fee.category): \(category).")
        }
        func price(_ amount: ExactNumber?, _ place: String, _ more: [String]) -> Price {
            var price = Price(
                schedule: kind, setting: nil, locality: "\(state)\(place)", amount: amount, remarks: remarks + more,
                sources: sources)
            if let amount {
                price.steps.append(Price.Step(label: "Fee", expression: "", value: amount.description))
                price.amount = times(amount, units, &price)
            }
            return price
        }
        guard let rural else {
            let more = plain == nil ? ["The schedule lists no fee for the state."] : []
            return [price(plain, "", more)]
        }
        guard let plain else { return [price(rural, ", rural", [])] }
        switch isRural {
        case true?: return [price(rural, ", rural", [])]
        case false?: return [price(plain, ", not rural", [])]
        case nil: return [price(plain, ", not rural", []), price(rural, ", rural", [])]
        }
    }

    static func price(_ limit: DrugLimit, units: Int, source: Citation) -> Price {
        var price = Price(schedule: .drugLimits, setting: nil, locality: "", amount: nil, sources: [source])
        price.steps.append(
            Price.Step(
                label: "Payment limit for \(limit.dosage)", expression: "", value: limit.limit.description))
        price.amount = times(limit.limit, units, &price)
        if !limit.coinsurance.isEmpty { price.remarks.append("The patient pays \(limit.coinsurance) %.") }
        if !limit.notes.isEmpty { price.remarks.append(limit.notes) }
        return price
    }

    static func price(_ fee: LaboratoryFee, units: Int, source: Citation) -> Price {
        var price = Price(schedule: .laboratoryFees, setting: nil, locality: "", amount: nil, sources: [source])
        price.steps.append(Price.Step(label: "Rate", expression: "", value: fee.rate.description))
        price.amount = times(fee.rate, units, &price)
        if !fee.variant.isEmpty { price.remarks.append("With modifier \(fee.variant).") }
        return price
    }

    /// `(base units + minutes ÷ 15) × conversion factor` (Medicare Claims Processing Manual, chapter 12, section 50).
    static func price(
        _ factor: AnesthesiaFactor, baseUnits: Int, minutes: Int, source: Citation
    ) -> Price {
        let time = ExactNumber(minutes).divided(by: 15).rounded(to: 1)
        let total = ExactNumber(baseUnits) + time
        let amount = (total * factor.factor).rounded(to: 2)
        return Price(
            schedule: .anesthesiaFactors, setting: nil, locality: factor.name, amount: amount,
            steps: [
                Price.Step(label: "Time units, to a tenth", expression: "\(minutes) ÷ 15", value: time.description),
                Price.Step(label: "Units", expression: "\(baseUnits) + \(time)", value: total.description),
                Price.Step(
                    label: "Conversion factor", expression: "\(total) × \(factor.factor)", value: amount.description),
            ], remarks: ["Base units as given by the caller: no loaded file holds them."], sources: [source])
    }

    private static func times(_ amount: ExactNumber, _ units: Int, _ price: inout Price) -> ExactNumber {
        guard units > 1 else { return amount }
        let total = amount * ExactNumber(units)
        price.steps.append(Price.Step(label: "Units", expression: "\(amount) × \(units)", value: total.description))
        return total
    }
}
