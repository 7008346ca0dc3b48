/// Text of files that say nothing of their encoding: UTF-8 when it is that, Windows-1252 otherwise (CMS files hold a
/// stray no-break space or curly quote now and then).
enum LegacyText {
    /// The text of `bytes`, with runs of white space folded to one space and none at the ends.
    static func folded(_ bytes: some BidirectionalCollection<UInt8>) -> String {
        // Most fields are plain text in blanks: nothing to decode and nothing to fold.
        var trimmed = bytes[...]
        while trimmed.first == UInt8(ascii: " ") { trimmed.removeFirst() }
        while trimmed.last == UInt8(ascii: " ") { trimmed.removeLast() }
        return isPlain(trimmed) ? String(decoding: trimmed, as: UTF8.self) : fold(decode(trimmed))
    }

    /// Whether there is nothing but ASCII without control characters and without two blanks in a row.
    private static func isPlain(_ bytes: some Collection<UInt8>) -> Bool {
        var isBlank = false
        for byte in bytes {
            guard (UInt8(ascii: " ")...UInt8(ascii: "~")).contains(byte) else { return false }
            if byte == UInt8(ascii: " "), isBlank { return false }
            isBlank = byte == UInt8(ascii: " ")
        }
        return true
    }

    /// The text of `bytes` as it stands.
    static func decode(_ bytes: some Collection<UInt8>) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        var scalars = String.UnicodeScalarView()
        for byte in bytes { scalars.append(scalar(byte)) }
        return String(scalars)
    }

    /// `text` with runs of white space (no-break spaces too) folded to one space and none at the ends.
    static func fold(_ text: String) -> String {
        if isPlain(text.utf8), text.utf8.first != UInt8(ascii: " "), text.utf8.last != UInt8(ascii: " ") { return text }
        var result = String.UnicodeScalarView()
        var isPending = false
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace || scalar.value < 0x20 {
                isPending = !result.isEmpty
            } else {
                if isPending { result.append(" ") }
                isPending = false
                result.append(scalar)
            }
        }
        return String(result)
    }

    private static func scalar(_ byte: UInt8) -> Unicode.Scalar {
        guard (0x80...0x9F).contains(byte) else { return Unicode.Scalar(byte) }
        return upperControls[Int(byte) - 0x80]
    }

    /// What Windows-1252 puts where Latin-1 has control characters; unassigned bytes become U+FFFD.
    private static let upperControls: [Unicode.Scalar] = Array(
        "\u{20AC}\u{FFFD}\u{201A}\u{0192}\u{201E}\u{2026}\u{2020}\u{2021}\u{02C6}\u{2030}\u{0160}\u{2039}\u{0152}\u{FFFD}\u{017D}\u{FFFD}\u{FFFD}\u{2018}\u{2019}\u{201C}\u{201D}\u{2022}\u{2013}\u{2014}\u{02DC}\u{2122}\u{0161}\u{203A}\u{0153}\u{FFFD}\u{017E}\u{0178}"
            .unicodeScalars)
}
