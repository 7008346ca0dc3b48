/// Finds what identifies a patient: by the form of the number, or by the word before it.
///
/// Errs on the side of finding: a word too many is removed, and the sender told.
struct IdentifierScanner {
    private let bytes: [UInt8]
    private let lower: [UInt8]

    init(_ text: String) {
        bytes = Array(text.utf8)
        lower = bytes.map { $0 >= 0x41 && $0 <= 0x5A ? $0 + 32 : $0 }
    }

    /// All identifiers, in the order of the text; none overlap.
    static func identifiers(in text: String) -> [PatientIdentifier] { IdentifierScanner(text).all() }

    /// The text with each identifier replaced by what it was, e.g. "[date of birth removed]".
    static func redacted(_ text: String) -> String {
        let found = identifiers(in: text)
        guard !found.isEmpty else { return text }
        let bytes = Array(text.utf8)
        var output: [UInt8] = []
        var place = 0
        for identifier in found {
            output += bytes[place..<identifier.range.lowerBound]
            output += Array("[\(identifier.kind.rawValue) removed]".utf8)
            place = identifier.range.upperBound
        }
        return String(decoding: output + bytes[place...], as: UTF8.self)
    }

    private func all() -> [PatientIdentifier] {
        var found: [PatientIdentifier] = []
        var index = 0
        while index < bytes.count {
            if isStart(index), let identifier = identifier(at: index) {
                found.append(identifier)
                index = max(identifier.range.upperBound, index + 1)
            } else {
                index += 1
            }
        }
        return found
    }

    private func identifier(at index: Int) -> PatientIdentifier? {
        for (kind, pattern) in Self.patterns {
            if let end = end(of: pattern, at: index) { return PatientIdentifier(kind: kind, range: index..<end) }
        }
        return labelled(at: index) ?? address(at: index) ?? email(at: index)
    }

    /// `9` a digit, `1` a digit but 0, `A` a letter, `N` either; `a` a letter that Medicare numbers use; others themselves.
    private static let patterns: [(PatientIdentifier.Kind, [UInt8])] = [
        (.socialSecurity, Array("999-99-9999".utf8)),
        (.medicare, Array("1aN9-aN9-aa99".utf8)), (.medicare, Array("1aN9aN9aa99".utf8)),
        (.phone, Array("(999) 999-9999".utf8)), (.phone, Array("(999)999-9999".utf8)),
        (.phone, Array("999-999-9999".utf8)), (.phone, Array("999.999.9999".utf8)),
        (.phone, Array("999 999 9999".utf8)),
    ]

    /// Letters of Medicare beneficiary identifiers: all but S, L, O, I, B and Z (CMS, "Understanding the MBI").
    private static let medicareLetters = Set("acdefghjkmnpqrtuvwxy".utf8)

    private func end(of pattern: [UInt8], at index: Int) -> Int? {
        guard index + pattern.count <= lower.count else { return nil }
        for (offset, kind) in pattern.enumerated() {
            let byte = lower[index + offset]
            let fits =
                switch kind {
                case UInt8(ascii: "9"): Self.isDigit(byte)
                case UInt8(ascii: "1"): Self.isDigit(byte) && byte != UInt8(ascii: "0")
                case UInt8(ascii: "a"): Self.medicareLetters.contains(byte)
                case UInt8(ascii: "N"): Self.isDigit(byte) || Self.medicareLetters.contains(byte)
                default: byte == kind
                }
            guard fits else { return nil }
        }
        let end = index + pattern.count
        guard end == lower.count || !Self.isWord(lower[end]) else { return nil }
        return end
    }

    /// A word that says what follows it: "DOB: 1/2/1950", "MRN 12345", "Patient: Jane Doe", "Mr. Smith".
    private func labelled(at index: Int) -> PatientIdentifier? {
        for (kind, label) in Self.labels where has(label, at: index) {
            var place = index + label.count
            guard place < lower.count, !Self.isWord(lower[place]) else { continue }
            // "MR Brain" is an examination; "Mr Brain" is a man.
            guard kind != .name || label[0] != UInt8(ascii: "m") || !Self.isCapital(bytes[index + 1]) else { continue }
            let labelEnd = place
            while place < lower.count, " :#.=\t".utf8.contains(lower[place]) { place += 1 }
            let end: Int
            switch kind {
            case .recordNumber: end = run(from: place, isMore: { Self.isWord($0) || $0 == UInt8(ascii: "-") })
            case .birthDate: end = run(from: place, isMore: { Self.isDigit($0) || "/-.".utf8.contains($0) })
            case .socialSecurity: end = run(from: place, isMore: { Self.isDigit($0) || $0 == UInt8(ascii: "-") })
            default: end = names(from: place)
            }
            let needed = kind == .name ? 2 : 4
            guard end - place >= needed, kind == .name || bytes[place..<end].contains(where: Self.isDigit) else {
                continue
            }
            // "Patient Reports pain" begins a sentence; "Patient: Jane" and "Patient Jane Doe" name somebody.
            let isNamed =
                kind != .name || label[0] == UInt8(ascii: "m") || bytes[labelEnd..<place].contains(UInt8(ascii: ":"))
                || bytes[place..<end].contains(UInt8(ascii: " "))
            guard isNamed else { continue }
            return PatientIdentifier(kind: kind, range: index..<end)
        }
        return nil
    }

    private static let labels: [(PatientIdentifier.Kind, [UInt8])] = words.map { ($0.0, Array($0.1.utf8)) }

    /// Of two labels that begin alike the longer first.
    private static let words: [(PatientIdentifier.Kind, String)] = [
        (.birthDate, "date of birth"), (.birthDate, "dob"), (.birthDate, "d.o.b"), (.birthDate, "born on"),
        (.birthDate, "born"), (.recordNumber, "medical record number"), (.recordNumber, "medical record"),
        (.recordNumber, "mrn"), (.recordNumber, "account number"), (.recordNumber, "member id"),
        (.recordNumber, "policy number"), (.recordNumber, "chart number"), (.socialSecurity, "ssn"),
        (.socialSecurity, "social security number"), (.name, "patient name"), (.name, "patient's name"),
        (.name, "pt name"), (.name, "patient"), (.name, "pt"), (.name, "name"), (.name, "mrs"), (.name, "mr"),
        (.name, "ms"), (.name, "miss"),
    ]

    /// The end of one to three words that begin with a capital and go on in small letters; "Patient Presents" is rare.
    private func names(from place: Int) -> Int {
        var end = place
        var position = place
        for _ in 0..<3 {
            guard position + 1 < bytes.count, Self.isCapital(bytes[position]) else { break }
            let wordEnd = run(from: position, isMore: { Self.isLetter($0) || $0 == UInt8(ascii: "'") || $0 > 0x7F })
            let word = bytes[position..<wordEnd]
            let isInitial = wordEnd - position == 1
            guard isInitial || word.dropFirst().contains(where: { !Self.isCapital($0) }) else { break }
            end = wordEnd
            position = wordEnd
            if position < bytes.count, bytes[position] == UInt8(ascii: ".") || bytes[position] == UInt8(ascii: ",") {
                position += 1
            }
            guard position < bytes.count, bytes[position] == UInt8(ascii: " ") else { break }
            position += 1
        }
        return end
    }

    /// A house number, one to four words with capitals, and what streets are called.
    private func address(at index: Int) -> PatientIdentifier? {
        let numberEnd = run(from: index, isMore: Self.isDigit)
        guard (1...6).contains(numberEnd - index), numberEnd < bytes.count, bytes[numberEnd] == UInt8(ascii: " ") else {
            return nil
        }
        var position = numberEnd + 1
        for _ in 0..<5 {
            guard position < bytes.count, Self.isCapital(bytes[position]) || Self.isDigit(bytes[position]) else {
                return nil
            }
            let end = run(from: position, isMore: Self.isWord)
            let word = String(decoding: lower[position..<end], as: UTF8.self)
            if position > numberEnd + 1, Self.streets.contains(word) {
                return PatientIdentifier(kind: .address, range: index..<end)
            }
            guard end < bytes.count, bytes[end] == UInt8(ascii: " ") else { return nil }
            position = end + 1
        }
        return nil
    }

    private static let streets: Set<String> = [
        "street", "st", "avenue", "ave", "road", "rd", "boulevard", "blvd", "lane", "ln", "drive", "dr", "court", "ct",
        "circle", "cir", "place", "pl", "terrace", "way", "highway", "hwy", "parkway", "pkwy",
    ]

    private func email(at index: Int) -> PatientIdentifier? {
        let user = run(from: index, isMore: { Self.isWord($0) || "._+-".utf8.contains($0) })
        guard user > index, user < bytes.count, bytes[user] == UInt8(ascii: "@") else { return nil }
        let host = run(from: user + 1, isMore: { Self.isWord($0) || $0 == UInt8(ascii: "-") })
        guard host > user + 1, host < bytes.count, bytes[host] == UInt8(ascii: ".") else { return nil }
        let end = run(from: host + 1, isMore: { Self.isWord($0) || ".-".utf8.contains($0) })
        return end > host + 2 ? PatientIdentifier(kind: .email, range: index..<end) : nil
    }

    private func has(_ label: [UInt8], at index: Int) -> Bool {
        index + label.count <= lower.count && lower[index..<index + label.count].elementsEqual(label)
    }

    private func run(from place: Int, isMore: (UInt8) -> Bool) -> Int {
        var end = place
        while end < bytes.count, isMore(bytes[end]) { end += 1 }
        return end
    }

    /// A word begins here.
    private func isStart(_ index: Int) -> Bool {
        (Self.isWord(bytes[index]) || bytes[index] == UInt8(ascii: "("))
            && (index == 0 || !Self.isWord(bytes[index - 1]))
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    private static func isCapital(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }
    private static func isLetter(_ byte: UInt8) -> Bool { isCapital(byte) || (byte >= 0x61 && byte <= 0x7A) }
    private static func isWord(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) || byte > 0x7F }
}
