/// A package of a drug and the HCPCS code that it is billed with.
struct DrugProduct: ReferenceRow {
    /// The HCPCS code.
    var key: String
    /// The NDC: eleven digits without hyphens.
    var variant: String
    var product: String
    var labeler: String
    var dosage: String
    var packageSize: String
    var packageQuantity: String
    var billingUnits: String
    var billingUnitsPerPackage: String

    var fields: [String] {
        [product, labeler, dosage, packageSize, packageQuantity, billingUnits, billingUnitsPerPackage]
    }

    init?(key: String, variant: String, fields: [String]) {
        guard fields.count == 7 else { return nil }
        self.key = key
        self.variant = variant
        product = fields[0]
        labeler = fields[1]
        dosage = fields[2]
        packageSize = fields[3]
        packageQuantity = fields[4]
        billingUnits = fields[5]
        billingUnitsPerPackage = fields[6]
    }

    /// Eleven digits as 5-4-2.
    var ndc: String {
        let digits = Array(variant)
        guard digits.count == 11 else { return variant }
        return String(digits[0..<5]) + "-" + String(digits[5..<9]) + "-" + String(digits[9..<11])
    }

    /// An NDC as eleven digits: eleven of them as they are; with hyphens each part is filled up to 5-4-2. Nil for others.
    static func normalised(_ text: String) -> String? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let isDigits = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
        guard isDigits, text.utf8.count <= 13 else { return nil }
        if parts.count == 1 { return text.utf8.count == 11 ? text : nil }
        guard parts.count == 3 else { return nil }
        var result = ""
        for (part, length) in zip(parts, [5, 4, 2]) {
            guard !part.isEmpty, part.utf8.count <= length else { return nil }
            result += String(repeating: "0", count: length - part.utf8.count) + part
        }
        return result
    }
}
