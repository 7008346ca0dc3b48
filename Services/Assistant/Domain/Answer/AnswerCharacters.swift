/// The characters that an answer may hold.
///
/// Letters of other alphabets that look like ours, full-width forms, signs without width and combining marks could make a code that no
/// check sees. ASCII, Latin letters with accents and the signs that our sources use cannot.
enum AnswerCharacters {
    /// Whether all of a text may be shown.
    static func areAllowed(_ text: String) -> Bool { text.unicodeScalars.allSatisfy(isAllowed) }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E: true
        // Latin letters with accents; superior figures and fractions (², ½) are no letters and stay out.
        case 0xC0...0x17F: true
        case 0xA7, 0xA9, 0xAE, 0xB0, 0xB1, 0xB5, 0xB7, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026,
            0x2122, 0x2264, 0x2265, 0x2192:
            true
        default: false
        }
    }
}
