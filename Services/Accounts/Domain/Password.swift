/// A password that may be chosen: long enough, and not one that everybody tries first.
package struct Password: Sendable {
    /// UTF-8.
    package let bytes: [UInt8]

    /// Bytes. Length is what makes a password strong; the upper limit bounds the work of hashing.
    package static let lengths = 10...1024

    /// Checks a choice.
    ///
    /// - Throws: `InvalidField` on `password`; the message says the rule, never the password.
    package init(choosing text: String, for address: EmailAddress) throws(InvalidField) {
        let bytes = Array(text.utf8)
        guard bytes.count >= Self.lengths.lowerBound else {
            throw InvalidField("password", "choose at least \(Self.lengths.lowerBound) characters")
        }
        guard bytes.count <= Self.lengths.upperBound else {
            throw InvalidField("password", "choose at most \(Self.lengths.upperBound) bytes")
        }
        guard !Self.isTrivial(text.lowercased(), address) else {
            throw InvalidField("password", "this password is too easy to guess; a few unrelated words make a good one")
        }
        self.bytes = bytes
    }

    private static func isTrivial(_ text: String, _ address: EmailAddress) -> Bool {
        let bytes = Array(text.utf8)
        if Set(bytes).count <= 2 || isRun(bytes) || isRepetition(bytes) { return true }
        if text == address.canonical || text == address.canonical.prefix(while: { $0 != "@" }) { return true }
        let letters = String(decoding: bytes.filter { (0x61...0x7A).contains($0) }, as: UTF8.self)
        // A common word with digits and signs around it is as easy as the word.
        return common.contains(text) || commonWords.contains(letters) && bytes.count < 16
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
    private static let commonWords: Set<String> = [
        "password", "passwort", "passw", "passwd", "qwerty", "qwertz", "welcome", "letmein", "iloveyou", "admin",
        "administrator", "changeme", "secret", "codingahead", "football", "baseball", "sunshine", "princess", "dragon",
        "monkey", "master", "superman", "batman", "abc", "abcd", "medicalcoding", "medicalcoder", "test", "testtest",
        "login", "guest", "default", "hello", "pssword", "pssw",
    ]
}
