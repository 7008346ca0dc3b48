/// The words of a text as the search index knows them: lower case, without accents, endings taken off.
///
/// Letters and digits make words. An apostrophe inside a word is dropped, a dot inside a word with digits joins it
/// ("E11.9" and "0.5" are one word each), everything else separates. Words are plain ASCII letters and digits.
///
/// Of plural endings and then of one more ending (`-ation`, `-ed`, `-ive`, `-al` …) only the stem is kept, so that the
/// forms of a word that charts mix meet: degenerative and degeneration, diabetic and diabetes.
enum Words {
    /// One word and where it stands.
    struct Word: Sendable, Equatable {
        /// Lower case, without accents.
        var folded: String
        /// What is indexed.
        var stem: String
        /// Of a number with a dot the part before it ("45" of "45.7"); nil of other words.
        var whole: String?
        /// Unicode scalars from the start of the text.
        var start: Int
        var end: Int
    }

    /// The words of a text with their places.
    static func words(of text: String) -> [Word] {
        var words: [Word] = []
        scan(text) { bytes, start, end, dot in
            let folded = String(decoding: bytes, as: UTF8.self)
            let whole =
                dot > 0 && bytes.allSatisfy(isDigit) ? String(decoding: bytes[0..<dot], as: UTF8.self) : nil
            stem(&bytes)
            words.append(
                Word(
                    folded: folded, stem: String(decoding: bytes, as: UTF8.self), whole: whole, start: start, end: end))
        }
        return words
    }

    /// The stems of a text, separated by blanks, appended to `output`.
    /// - Returns: how many there are.
    @discardableResult
    static func append(_ text: String, to output: inout [UInt8]) -> Int {
        var count = 0
        scan(text) { bytes, _, _, _ in
            stem(&bytes)
            if !output.isEmpty { output.append(UInt8(ascii: " ")) }
            output.append(contentsOf: bytes)
            count += 1
        }
        return count
    }

    /// Calls `word` with the folded bytes of each word, its place in scalars, and how many bytes stand before its dot (0: none).
    private static func scan(_ text: String, _ word: (inout [UInt8], Int, Int, Int) -> Void) {
        var bytes: [UInt8] = []
        var start = 0
        var end = 0
        var position = -1
        /// A dot or apostrophe that belongs to the word only if a letter or digit follows.
        var joint = false
        var hasDigit = false
        var dot = 0
        for scalar in text.unicodeScalars {
            position += 1
            let value = scalar.value
            var first: UInt8 = 0
            var second: UInt8 = 0
            switch value {
            case 0x30...0x39, 0x61...0x7a: first = UInt8(truncatingIfNeeded: value)
            case 0x41...0x5a: first = UInt8(truncatingIfNeeded: value + 32)
            case 0xc0...0x17f: (first, second) = folding(value)
            case 0x2e where !bytes.isEmpty && hasDigit && !joint, 0x27 where !bytes.isEmpty && !joint,
                0x2019 where !bytes.isEmpty && !joint:
                joint = true
                if value == 0x2e, dot == 0 { dot = bytes.count }
                continue
            default: break
            }
            if first == 0 {
                if !bytes.isEmpty {
                    word(&bytes, start, end, dot < bytes.count ? dot : 0)
                    bytes.removeAll(keepingCapacity: true)
                }
                dot = 0
                joint = false
                hasDigit = false
                continue
            }
            if bytes.isEmpty { start = position }
            joint = false
            hasDigit = hasDigit || value <= 0x39
            bytes.append(first)
            if second != 0 { bytes.append(second) }
            end = position + 1
        }
        if !bytes.isEmpty { word(&bytes, start, end, dot < bytes.count ? dot : 0) }
    }

    /// The stem of a folded word.
    static func stem(of folded: String) -> String {
        var bytes = Array(folded.utf8)
        stem(&bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Takes the plural ending and one more ending off, from words of four letters on.
    private static func stem(_ bytes: inout [UInt8]) {
        guard bytes.count >= 4, !isDigit(bytes[0]) else { return }
        singular(&bytes)
        for ending in endings where bytes.count >= ending.count + (ending.count == 1 ? 4 : 5) {
            if bytes.suffix(ending.count).elementsEqual(ending) {
                bytes.removeLast(ending.count)
                return
            }
        }
    }

    /// Longest first; four letters must be left of a word that loses one, five otherwise.
    private static let endings: [[UInt8]] = [
        "ations", "ation", "ating", "ated", "ative", "ions", "ion", "ively", "ive", "ing", "ed", "ical", "ally", "al",
        "ic", "ous", "ity", "ies", "es", "e", "s", "y",
    ].map { Array($0.utf8) }

    private static func singular(_ bytes: inout [UInt8]) {
        let count = bytes.count
        guard bytes[count - 1] == UInt8(ascii: "s") else { return }
        switch bytes[count - 2] {
        case UInt8(ascii: "s"), UInt8(ascii: "u"), UInt8(ascii: "i"): return
        case UInt8(ascii: "e"):
            let before = bytes[count - 3]
            if before == UInt8(ascii: "i"), count > 4 {
                bytes.removeLast(3)
                bytes.append(UInt8(ascii: "y"))
            } else if before == UInt8(ascii: "x") || before == UInt8(ascii: "z") || before == UInt8(ascii: "s")
                || before == UInt8(ascii: "h")
            {
                bytes.removeLast(2)
            } else {
                bytes.removeLast()
            }
        default: bytes.removeLast()
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    /// U+00C0 to U+017F as ASCII letters; two for the ligatures, 0 for what is no letter.
    private static func folding(_ value: UInt32) -> (UInt8, UInt8) {
        let letter = latin[Int(value - 0xc0)]
        switch letter {
        case UInt8(ascii: "-"): return (0, 0)
        case UInt8(ascii: "1"): return (UInt8(ascii: "a"), UInt8(ascii: "e"))
        case UInt8(ascii: "2"): return (UInt8(ascii: "s"), UInt8(ascii: "s"))
        case UInt8(ascii: "3"): return (UInt8(ascii: "o"), UInt8(ascii: "e"))
        case UInt8(ascii: "4"): return (UInt8(ascii: "i"), UInt8(ascii: "j"))
        case UInt8(ascii: "5"): return (UInt8(ascii: "t"), UInt8(ascii: "h"))
        default: return (letter, 0)
        }
    }

    /// One character per scalar from U+00C0 on: the base letter, a digit for a pair (see `folding`), "-" for none.
    private static let latin = Array(
        ("aaaaaa1ceeeeiiiidnooooo-ouuuuy52aaaaaa1ceeeeiiiidnooooo-ouuuuy5y"
            + "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii44jjkkkllllllllllnnnnnnnnn"
            + "oooooo33rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs").utf8)
}
