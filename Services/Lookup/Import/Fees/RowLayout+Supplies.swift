extension RowLayout {
    /// DMEPOS and PEN: code, one or two modifiers, in the DMEPOS file jurisdiction, category, ceiling and floor, then two
    /// columns a state: (NR) and (R).
    static let equipmentFees = RowLayout(
        name: "the DMEPOS fee schedule",
        isHeader: { $0.first == "hcpcs" && $0.contains { $0.hasSuffix("(nr)") } },
        reader: { table in
            guard let first = table.place("mod"), let second = table.place("mod2") else { return nil }
            var places: [(place: Int, key: String)] = []
            for (place, name) in table.names.enumerated() where name.hasSuffix("r)") {
                let parts = name.split(whereSeparator: { $0 == " " || $0 == "(" || $0 == ")" })
                guard parts.count == 2, parts[0].utf8.count == 2 else { return nil }
                places.append((place, parts[0].uppercased() + (parts[1] == "nr" ? " N" : " R")))
            }
            guard !places.isEmpty else { return nil }
            let category = table.place("catg")
            let ceiling = table.place("ceiling")
            let floor = table.place("floor")
            return { row in
                guard let code = ProcedureCode(row[0]) else { return .malformed("“\(row[0])” is no HCPCS code") }
                let modifiers = [row[first], row[second]].filter { !$0.isEmpty }.joined(separator: " ")
                var fields = [category, ceiling, floor].map { $0.map { row[$0] } ?? "" }
                for (place, key) in places {
                    guard let fee = ExactNumber(row[place]) else {
                        return .malformed("\(code) has a fee that is no number: “\(row[place])”")
                    }
                    if !fee.isZero { fields.append("\(key) \(fee)") }
                }
                let fee = EquipmentFee(key: code.description, variant: modifiers, fields: fields)
                return fee.map { .row($0) } ?? .malformed("\(code) is no row of the fee schedule")
            }
        })

    /// ZIP codes that are priced as rural, with their states.
    static let ruralZIPs = RowLayout(
        name: "DMEPOS rural ZIP codes", isHeader: { $0.count >= 2 && $0[0] == "state" && $0[1].contains("zip") },
        reader: { _ in
            { row in
                guard row[0].utf8.count == 2, row[1].utf8.count == 5, Int(row[1]) != nil else {
                    return .malformed("not a state with a ZIP code")
                }
                return RuralZIP(key: row[1], variant: "", fields: [row[0]]).map { .row($0) }
                    ?? .malformed("no ZIP code")
            }
        })

    /// ASP payment limits: header on line 9, one row a code. Descriptors are left out: those of CPT codes are licensed.
    static let drugLimits = RowLayout(
        name: "Part B drug payment limits",
        isHeader: { $0.count >= 5 && $0[0] == "hcpcs code" && $0[3] == "payment limit" },
        reader: { table in
            guard let coinsurance = table.place("co-insurance"), let notes = table.place("notes") else { return nil }
            return { row in
                guard let code = ProcedureCode(row[0]) else { return .malformed("“\(row[0])” is no HCPCS code") }
                let limit = DrugLimit(
                    key: code.description, variant: "", fields: [row[2], row[3], row[coinsurance], row[notes]])
                return limit.map { .row($0) } ?? .malformed("\(code) has a limit that is no number")
            }
        })

    /// Clinical Laboratory Fee Schedule: header on line 5.
    static let laboratoryFees = RowLayout(
        name: "the Clinical Laboratory Fee Schedule",
        isHeader: { $0.contains("hcpcs") && $0.contains("rate") && $0.contains("indicator") },
        reader: { table in
            guard let hcpcs = table.place("hcpcs"), let modifier = table.place("mod"), let day = table.place("eff"),
                let indicator = table.place("indicator"), let rate = table.place("rate")
            else { return nil }
            return { row in
                guard let code = ProcedureCode(row[hcpcs]) else {
                    return .malformed("“\(row[hcpcs])” is no HCPCS code")
                }
                let fee = LaboratoryFee(
                    key: code.description, variant: row[modifier], fields: [row[day], row[indicator], row[rate]])
                return fee.map { .row($0) } ?? .malformed("\(code) has a rate that is no number")
            }
        })

    /// ASP NDC to HCPCS crosswalk: header on line 9 and many empty columns.
    static let drugCodes = RowLayout(
        name: "the NDC to HCPCS crosswalk",
        isHeader: { $0.count >= 10 && $0[0].hasSuffix("_code") && $0[3].hasPrefix("ndc") },
        reader: { _ in
            { row in
                guard let code = ProcedureCode(row[0]) else { return .malformed("“\(row[0])” is no HCPCS code") }
                guard let ndc = DrugProduct.normalised(row[3]) else {
                    return .refused("“\(row[3])” is no NDC of eleven digits")
                }
                let product = DrugProduct(
                    key: code.description, variant: ndc,
                    fields: [row[4], row[2], row[5], row[6], row[7], row[8], row[9]])
                return product.map { .row($0) } ?? .malformed("\(code) is no row of the crosswalk")
            }
        })
}
