/// Splits texts into the words that postings are found by: lower case, without accents, plural and singular alike.
package enum Words {
    /// Longer ones are no words.
    static let longest = 40

    /// The words in their order, repeats included.
    package static func split(_ text: String) -> [String] {
        var words: [String] = []
        var current: [UInt8] = []
        func end() {
            defer { current.removeAll(keepingCapacity: true) }
            while current.last == UInt8(ascii: "-") || current.last == UInt8(ascii: "+") { current.removeLast() }
            guard !current.isEmpty, current.count <= longest else { return }
            words.append(fold(String(decoding: current, as: UTF8.self)))
        }
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x30...0x39, 0x61...0x7A: current.append(UInt8(scalar.value))
            case 0x41...0x5A: current.append(UInt8(scalar.value + 0x20))
            // Within a word: CPC-A, CCS-P, ICD-10, C++.
            case 0x2D where !current.isEmpty: current.append(0x2D)
            case 0x80...:
                if let letters = plain(scalar) { current.append(contentsOf: letters) } else { end() }
            default: end()
            }
        }
        end()
        return words
    }

    /// The letters of an accented one; nil for what separates words.
    private static func plain(_ scalar: Unicode.Scalar) -> [UInt8]? {
        guard scalar.properties.isAlphabetic || scalar.properties.numericType != nil else {
            // A combining accent belongs to its letter.
            return scalar.properties.generalCategory == .nonspacingMark ? [] : nil
        }
        let lower = scalar.properties.lowercaseMapping
        guard let base = folded[lower] else { return Array(lower.utf8) }
        return Array(base.utf8)
    }

    private static let folded: [String: String] = [
        "á": "a", "à": "a", "â": "a", "ä": "a", "ã": "a", "å": "a", "ç": "c", "é": "e", "è": "e", "ê": "e", "ë": "e",
        "í": "i", "ì": "i", "î": "i", "ï": "i", "ñ": "n", "ó": "o", "ò": "o", "ô": "o", "ö": "o", "õ": "o", "ú": "u",
        "ù": "u", "û": "u", "ü": "u", "ß": "ss",
    ]

    /// `coders` and `coder` are one word; so are `specialties` and `specialty`.
    private static func fold(_ word: String) -> String {
        let bytes = Array(word.utf8)
        guard bytes.count > 3, bytes.last == UInt8(ascii: "s") else { return word }
        let before = bytes[bytes.count - 2]
        // `ss`, `us`, `is` are no plurals.
        if [UInt8(ascii: "s"), UInt8(ascii: "u"), UInt8(ascii: "i")].contains(before) { return word }
        if bytes.count > 4, bytes.suffix(3).elementsEqual("ies".utf8) {
            return String(decoding: bytes.dropLast(3), as: UTF8.self) + "y"
        }
        return String(decoding: bytes.dropLast(), as: UTF8.self)
    }
}
