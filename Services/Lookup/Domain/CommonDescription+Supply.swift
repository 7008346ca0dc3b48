extension CommonDescription {
    /// HCPCS Level II: the title, its group, what one unit is, and how Medicare treats it.
    static func supply(_ facts: Facts) -> [String] {
        let listing = facts.listing
        guard listing.billable || facts.childCount == 0 else {
            return ["\(listing.code) means: \(ended(listing.title))", heading(facts)]
        }
        var sentences: [String]
        if listing.code.hasPrefix("D") {
            sentences = [
                "\(listing.code) is a dental code of the Code on Dental Procedures and Nomenclature (CDT). Its descriptor "
                    + "belongs to the American Dental Association and is not part of the loaded files."
            ]
        } else {
            sentences = ["\(listing.code) means: \(ended(listing.title))"]
            if let above = facts.path.last {
                sentences.append("It belongs to group \(above.code): \(ended(above.title))")
            }
            if let unit = BillingUnit(title: listing.title) { sentences.append(unit.sentence) }
        }
        return sentences + medicare(facts)
    }

    static func modifier(_ facts: Facts) -> [String] {
        if facts.listing.titleEdition == facts.listing.edition {
            return ["No loaded file describes modifier \(facts.listing.code)."]
        }
        return [
            "Modifier \(facts.listing.code) is put after a procedure or supply code on a claim line and adds: "
                + ended(facts.listing.title)
        ]
    }

    /// Coverage (HCPCS record layout, field 16), and outpatient payment by the OPPS status indicator.
    private static func medicare(_ facts: Facts) -> [String] {
        var sentences: [String] = []
        switch facts.indicator("Coverage") {
        case "C": sentences.append("Whether Medicare covers it is decided by the contractor that processes the claim.")
        case "D": sentences.append("Medicare covers it under special coverage instructions.")
        case "I": sentences.append("Medicare does not pay for it under this code.")
        case "M": sentences.append("Medicare does not cover it.")
        case "S": sentences.append("Medicare does not cover it: the law excludes it.")
        default: break
        }
        switch facts.indicator("OPPS status indicator") {
        case "N":
            sentences.append("On a hospital outpatient claim its payment is packaged into that of other services.")
        case "A":
            sentences.append(
                "On a hospital outpatient claim it is paid under a fee schedule, not under the outpatient system.")
        case "B":
            sentences.append(
                "A hospital outpatient claim does not take it; another code for the service may be available.")
        case "C": sentences.append("Medicare pays for it only on an inpatient claim.")
        case "G": sentences.append("On a hospital outpatient claim it is paid as a pass-through drug or biological.")
        case "H": sentences.append("On a hospital outpatient claim it is paid as a pass-through device.")
        case "K": sentences.append("On a hospital outpatient claim it is paid separately as a drug or biological.")
        default: break
        }
        return sentences
    }
}
