/// The forms of codes, by their characters alone.
///
/// ICD-10-CM: letter, digit, letter or digit, then up to four more after a dot (CDC, "ICD-10-CM Tabular List"). HCPCS Level II:
/// A–V and four digits. CPT: five digits, or four and F, T, U, M or A. ICD-10-PCS: seven characters without I and O, the
/// first one a section. ICD-9-CM: three digits, a dot, one or two digits.
enum CodeForms {
    /// The sets that could hold a word, the likeliest first; empty: it has the form of no code.
    static func systems(of word: [UInt8]) -> [String] {
        switch word.count {
        case 3: return isDiagnosisCategory(word[...]) ? ["icd10cm"] : []
        case 5:
            if word.allSatisfy(isDigit) { return ["cpt"] }
            if word[0..<4].allSatisfy(isDigit), "FTUMA".utf8.contains(word[4]) { return ["cpt"] }
            if isLetter(word[0]), word[0] <= UInt8(ascii: "V"), word[1...].allSatisfy(isDigit) {
                return ["hcpcs", "icd10cm"]
            }
            fallthrough
        case 4, 6: return isDiagnosis(word) ? ["icd10cm"] : isOldDiagnosis(word) ? ["icd9cm"] : []
        case 7:
            let isProcedure = Self.isProcedure(word)
            if isDiagnosis(word) { return isProcedure ? ["icd10cm", "icd10pcs"] : ["icd10cm"] }
            return isProcedure ? ["icd10pcs"] : []
        case 8: return isDiagnosis(word) ? ["icd10cm"] : []
        default: return []
        }
    }

    /// Whether the form alone says that a code is meant: with a dot, or long enough.
    static func isCertain(_ word: [UInt8], _ systems: [String]) -> Bool {
        if word.contains(dot) { return systems.first == "icd10cm" }
        return word.count >= 5 || (word.count == 3 && isDigit(word[1]) && isDigit(word[2]))
    }

    private static func isDiagnosisCategory(_ word: ArraySlice<UInt8>) -> Bool {
        let word = Array(word)
        return isLetter(word[0]) && isDigit(word[1]) && (isDigit(word[2]) || isLetter(word[2]))
    }

    private static func isDiagnosis(_ word: [UInt8]) -> Bool {
        guard word.count >= 4, isDiagnosisCategory(word[0..<3]) else { return false }
        let rest = word[3...]
        guard rest.contains(dot) else { return word.count <= 7 && rest.allSatisfy { isDigit($0) || isLetter($0) } }
        return rest.first == dot && rest.count > 1 && rest.dropFirst().allSatisfy { isDigit($0) || isLetter($0) }
    }

    private static func isOldDiagnosis(_ word: [UInt8]) -> Bool {
        guard word.count == 5 || word.count == 6, word[3] == dot else { return false }
        return word[0..<3].allSatisfy(isDigit) && word[4...].allSatisfy(isDigit)
    }

    private static func isProcedure(_ word: [UInt8]) -> Bool {
        guard word.count == 7, isDigit(word[0]) || "BCDFGHX".utf8.contains(word[0]) else { return false }
        let valid = word.allSatisfy {
            isDigit($0) || (isLetter($0) && $0 != UInt8(ascii: "I") && $0 != UInt8(ascii: "O"))
        }
        return valid && word.contains(where: isDigit) && word.contains(where: isLetter)
    }

    static let dot = UInt8(ascii: ".")
    static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
    /// Upper case only.
    static func isLetter(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") }
}
