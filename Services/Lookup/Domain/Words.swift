/// The words of a text as the search index knows them: lower case, without accents, plural endings taken off.
///
/// Letters and digits make words. An apostrophe inside a word is dropped, a dot inside a word with digits joins it
/// ("E11.9" and "0.5" are one word each), everything else separates. Words are plain ASCII letters and digits.
enum Words {
    /// One word and where it stands.
    struct Word: Sendable, Equatable {
        /// Lower case, without accents.
        var folded: String
        /// What is indexed.
        var stem: String
        /// Unicode scalars from the start of the text.
        var start: Int
        var end: Int
    }

    /// The words of a text with their places.
    static func words(of text: String) -> [Word] {
        var words: [Word] = []
        scan(text) { bytes, start, end in
            let folded = String(decoding: bytes, as: UTF8.self)
            stem(&bytes)
            words.append(Word(folded: folded, stem: String(decoding: bytes, as: UTF8.self), start: start, end: end))
        }
        return words
    }

    /// The stems of a text, separated by blanks, appended to `output`.
    /// - Returns: how many there are.
    @discardableResult
    static func append(_ text: String, to output: inout [UInt8]) -> Int {
        var count = 0
        scan(text) { bytes, _, _ in
            stem(&bytes)
            if !output.isEmpty { output.append(UInt8(ascii: " ")) }
            output.append(contentsOf: bytes)
            count += 1
        }
        return count
    }

    /// Calls `word` with the folded bytes of each word and its place in scalars.
    private static func scan(_ text: String, _ word: (inout [UInt8], Int, Int) -> Void) {
        var bytes: [UInt8] = []
        var start = 0
        var end = 0
        var position = -1
        /// A dot or apostrophe that belongs to the word only if a letter or digit follows.
        var joint = false
        var hasDigit = false
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
                continue
            default: break
            }
            if first == 0 {
                if !bytes.isEmpty {
                    word(&bytes, start, end)
                    bytes.removeAll(keepingCapacity: true)
                }
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
        if !bytes.isEmpty { word(&bytes, start, end) }
    }

    /// Takes a plural ending off, from words of four letters on.
    private static func stem(_ bytes: inout [UInt8]) {
        let count = bytes.count
        guard count >= 4, bytes[count - 1] == UInt8(ascii: "s"), bytes[0] > UInt8(ascii: "9") else { return }
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
