/// How codes and headings are written, set by set.
enum CodeForm {
    /// Longer than the longest heading with blanks around it; longer input is no code.
    static let longestInput = 64

    /// The canonical form of what a person typed: upper case, no blanks, the dot where the set has one.
    ///
    /// Accepts codes with and without the dot and headings: chapters ("4") and sections ("E08-E13") of ICD-10-CM, letters
    /// and ranges of HCPCS and CPT, the first characters of an ICD-10-PCS code.
    /// - Returns: nil when the text has not the shape of a code or heading of that set.
    static func canonical(_ text: String, in system: CodeSystem) -> String? {
        guard text.utf8.count <= longestInput else { return nil }
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"): continue
            case UInt8(ascii: "a")...UInt8(ascii: "z"): bytes.append(byte - 32)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."),
                UInt8(ascii: "-"):
                bytes.append(byte)
            default: return nil
            }
        }
        let halves = bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        if halves.count == 2 {
            guard let low = section(Array(halves[0]), system), let high = section(Array(halves[1]), system)
            else { return nil }
            return low + "-" + high
        }
        return halves.count == 1 ? single(bytes, system) : nil
    }

    /// What codes are found and ordered by: the canonical form without the dot.
    static func key(_ canonical: String) -> String {
        canonical.contains(".") ? String(canonical.filter { $0 != "." }) : canonical
    }

    private static func single(_ bytes: [UInt8], _ system: CodeSystem) -> String? {
        switch system {
        case .icd10cm: icd10cm(bytes)
        case .icd9cm: icd9cm(bytes)
        case .icd10pcs: (1...7).contains(bytes.count) && bytes.allSatisfy(isPCS) ? text(bytes) : nil
        case .hcpcs:
            bytes.first.map(isLetter) == true
                && (bytes.count == 1 || bytes.count == 5 && bytes.dropFirst().allSatisfy(isDigit)) ? text(bytes) : nil
        case .cpt:
            bytes.count == 5 && bytes[0..<4].allSatisfy(isDigit) && isAlphanumeric(bytes[4]) ? text(bytes) : nil
        case .hcpcsModifier, .cptModifier:
            bytes.count == 2 && bytes.allSatisfy(isAlphanumeric) ? text(bytes) : nil
        }
    }

    /// One end of a section such as E08-E13.
    private static func section(_ bytes: [UInt8], _ system: CodeSystem) -> String? {
        switch system {
        case .icd10cm: bytes.count == 3 ? icd10cm(bytes) : nil
        case .icd9cm: bytes.count <= 4 ? icd9cm(bytes) : nil
        case .hcpcs, .cpt: bytes.count == 5 && bytes.allSatisfy(isAlphanumeric) ? text(bytes) : nil
        case .icd10pcs, .hcpcsModifier, .cptModifier: nil
        }
    }

    private static func icd10cm(_ bytes: [UInt8]) -> String? {
        if bytes.count <= 2, !bytes.isEmpty, bytes.allSatisfy(isDigit) { return text(bytes) }
        guard let digits = undotted(bytes, at: 3), (3...7).contains(digits.count), isLetter(digits[0]),
            isDigit(digits[1]) || isDigit(digits[2]), digits.dropFirst(2).allSatisfy(isAlphanumeric)
        else { return nil }
        return dotted(digits, at: 3)
    }

    /// Diagnoses have the dot after the category (three characters, E codes four); a dot after two digits is a procedure's.
    private static func icd9cm(_ bytes: [UInt8]) -> String? {
        guard let first = bytes.first else { return nil }
        if bytes.count > 2, bytes[2] == UInt8(ascii: ".") {
            guard let digits = undotted(bytes, at: 2), (3...4).contains(digits.count), digits.allSatisfy(isDigit)
            else { return nil }
            return dotted(digits, at: 2)
        }
        let category = first == UInt8(ascii: "E") ? 4 : 3
        guard let digits = undotted(bytes, at: category), digits.dropFirst().allSatisfy(isDigit),
            isDigit(first) || first == UInt8(ascii: "E") || first == UInt8(ascii: "V"),
            (category...5).contains(digits.count)
        else { return nil }
        return dotted(digits, at: category)
    }

    /// Takes the one dot out that may stand at `place`; nil when there are others.
    private static func undotted(_ bytes: [UInt8], at place: Int) -> [UInt8]? {
        guard let dot = bytes.firstIndex(of: UInt8(ascii: ".")) else { return bytes }
        let rest = bytes[(dot + 1)...]
        guard dot == place, !rest.contains(UInt8(ascii: ".")) else { return nil }
        return Array(bytes[..<dot]) + Array(rest)
    }

    private static func dotted(_ bytes: [UInt8], at place: Int) -> String {
        bytes.count > place ? text(bytes[..<place]) + "." + text(bytes[place...]) : text(bytes)
    }

    private static func text(_ bytes: some Collection<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    private static func isLetter(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }

    /// ICD-10-PCS leaves out I and O, which look like digits.
    private static func isPCS(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) && byte != UInt8(ascii: "I") && byte != UInt8(ascii: "O")
    }
}
