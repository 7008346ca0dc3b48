/// The id of a posting: 16 characters of Crockford's base 32 in lower case, as they stand in its address.
package struct PostingID: Sendable, Equatable, Hashable, Comparable {
    /// The characters.
    package let text: String

    /// Refuses everything that is no id.
    package init?(_ text: String) {
        guard text.utf8.count == RandomID.length, text.utf8.allSatisfy(RandomID.alphabet.contains) else { return nil }
        self.text = text
    }

    /// A new id.
    package init(using chance: inout some RandomNumberGenerator) { text = RandomID.make(using: &chance) }

    package static func < (left: PostingID, right: PostingID) -> Bool { left.text < right.text }
}

/// The id of an employer, of the same form.
package struct EmployerID: Sendable, Equatable, Hashable {
    /// The characters.
    package let text: String

    /// Refuses everything that is no id.
    package init?(_ text: String) {
        guard text.utf8.count == RandomID.length, text.utf8.allSatisfy(RandomID.alphabet.contains) else { return nil }
        self.text = text
    }

    /// A new id.
    package init(using chance: inout some RandomNumberGenerator) { text = RandomID.make(using: &chance) }
}

/// Sixteen characters of 32: 80 bits, so that ids neither collide nor can be guessed.
enum RandomID {
    static let length = 16
    static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    static func make(using chance: inout some RandomNumberGenerator) -> String {
        String(decoding: (0..<length).map { _ in alphabet[Int.random(in: 0..<32, using: &chance)] }, as: UTF8.self)
    }
}
