/// A password that may be chosen: long enough, and not one that everybody tries first.
package struct Password: Sendable {
    /// UTF-8.
    package let bytes: [UInt8]

    /// Bytes. Length is what makes a password strong; the upper limit bounds the work of hashing.
    package static let lengths = 10...1024

    /// What RFC 8264 §4.3 keeps out of passwords: what cannot be typed, or may mean something else tomorrow.
    private static let untypable: Set<Unicode.GeneralCategory> = [.control, .unassigned, .privateUse]

    /// Checks a choice, in its [prepared](Password+Prepared.swift) form.
    ///
    /// - Throws: `InvalidField` on `field`; the message says the rule, never the password.
    package init(
        choosing text: String, for address: EmailAddress, field: String = "password"
    ) throws(InvalidField) {
        // Before anything looks at it: a text of many megabytes costs its arrival and no more.
        guard text.utf8.count <= Self.lengths.upperBound else {
            throw InvalidField(field, "choose at most \(Self.lengths.upperBound) bytes")
        }
        guard text.unicodeScalars.allSatisfy({ !Self.untypable.contains($0.properties.generalCategory) }) else {
            throw InvalidField(field, "choose characters that every keyboard and system knows")
        }
        let bytes = Array(text.utf8)
        guard bytes.count >= Self.lengths.lowerBound else {
            throw InvalidField(field, "choose at least \(Self.lengths.lowerBound) characters")
        }
        guard !Self.isTrivial(text.lowercased(), address) else {
            throw InvalidField(field, "this password is too easy to guess; a few unrelated words make a good one")
        }
        self.bytes = bytes
    }

    private static func isTrivial(_ text: String, _ address: EmailAddress) -> Bool {
        let bytes = Array(text.utf8)
        if Set(bytes).count <= 2 || isRun(bytes) || isRepetition(bytes) { return true }
        if text == address.canonical || text == address.canonical.prefix(while: { $0 != "@" }) { return true }
        if common.contains(text) { return true }
        // Digits alone are a date or a telephone number, or few enough to try them all.
        if bytes.count < Self.longDigits, bytes.allSatisfy({ (0x30...0x39).contains($0) }) { return true }
        // Common words with digits and signs around them, or for their letters, are as easy as the words.
        return bytes.count < Self.longWords && words(in: bytes).contains(where: CommonWords.make)
    }

    /// From this length on, bytes, a common word or two have so much else beside them that the whole is not guessed soon.
    private static let longWords = 20
    /// Digits alone are as many as 40 bits of chance from this length on.
    private static let longDigits = 13

    /// The letters alone, and the letters that look-alikes stand for, without what trails them.
    private static func words(in bytes: [UInt8]) -> [String] {
        let isLetter: (UInt8) -> Bool = { (0x61...0x7A).contains($0) }
        let lookAlikes: [UInt8: UInt8] = [0x40: 0x61, 0x34: 0x61, 0x30: 0x6F, 0x33: 0x65, 0x31: 0x69, 0x24: 0x73]
        let untrailed = bytes[...(bytes.lastIndex(where: isLetter) ?? 0)]
        return [
            String(decoding: bytes.filter(isLetter), as: UTF8.self),
            String(decoding: untrailed.map { lookAlikes[$0] ?? $0 }.filter(isLetter), as: UTF8.self),
        ]
    }

    /// Neighbours in the alphabet or on a row of keys, forwards or backwards.
    private static func isRun(_ bytes: [UInt8]) -> Bool {
        let rows = ["abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "qwertzuiop", "asdfghjkl", "zxcvbnm"]
        let all = rows.flatMap { [$0, String($0.reversed())] }.map { Array($0.utf8) }
        var rest = bytes[...]
        var pieces = 0
        while let first = rest.first {
            let longest =
                all.map { row -> Int in
                    guard let start = row.firstIndex(of: first) else { return 1 }
                    return zip(row[start...], rest).prefix { $0 == $1 }.count
                }.max() ?? 1
            rest = rest.dropFirst(max(1, longest))
            pieces += 1
        }
        return pieces <= max(1, bytes.count / 5)
    }

    /// A short piece again and again.
    private static func isRepetition(_ bytes: [UInt8]) -> Bool {
        (1...4).contains { size in
            bytes.indices.allSatisfy { bytes[$0] == bytes[$0 % size] }
        }
    }

    private static let common: Set<String> = [
        "1q2w3e4r5t", "1qaz2wsx3edc", "q1w2e3r4t5", "zaq12wsxcde3", "iloveyou123", "letmein1234", "trustno1trustno1",
        "correcthorsebatterystaple",
    ]
}
