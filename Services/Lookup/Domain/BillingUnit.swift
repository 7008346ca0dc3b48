/// What one unit of a HCPCS code stands for, as far as the end of its title says it: "…, per 30 mg", "…, each",
/// "…, 15 minutes".
struct BillingUnit: Sendable, Equatable {
    /// E.g. "30 mg", "each", "mile".
    let text: String

    private static let measures: Set<String> = [
        "mg", "mcg", "microgram", "micrograms", "ml", "cc", "gm", "gram", "grams", "unit", "units", "iu", "i.u.", "oz",
        "ounce", "ounces", "minutes", "hour", "hours", "day", "days", "month", "week", "mile", "miles", "session",
        "calories", "sq", "cm", "millicurie", "millicuries", "mci", "microcurie", "dose", "encounter", "visit", "diem",
        "pair", "interval", "application", "minute", "service", "trip", "treatment", "test", "inch", "inches", "yard",
        "foot", "pint", "lb",
    ]

    /// - Parameter title: a long description.
    /// - Returns: nil when its end names no unit.
    init?(title: String) {
        guard let last = title.split(separator: ",").last else { return nil }
        var words = last.split(separator: " ").map { $0.lowercased() }
        if words.last == "each" || words == ["each"] {
            text = "each"
            return
        }
        let isPer = words.first == "per" || words.first == "each"
        if isPer { words.removeFirst() }
        guard (1...4).contains(words.count), let measure = words.last?.trimmingSuffix(")"),
            Self.measures.contains(measure)
        else { return nil }
        let number = words.first ?? ""
        let isNumber = number.first?.isNumber == true && number.allSatisfy { $0.isNumber || $0 == "." }
        guard isPer || isNumber else { return nil }
        text = words.joined(separator: " ")
    }

    /// For a reader.
    var sentence: String {
        text == "each"
            ? "One unit is one item." : "One unit is \(text.first?.isNumber == true ? text : "one \(text)")."
    }
}

extension String {
    /// Without one suffix, when it is there.
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
