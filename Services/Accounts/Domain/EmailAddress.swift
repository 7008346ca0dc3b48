/// An address that mail can be sent to.
package struct EmailAddress: Sendable, Equatable, Hashable {
    /// As the person wrote it, without blanks around it.
    package let text: String
    /// What makes two addresses the same: lower case. Dots and `+tags` are kept: only the mail provider knows what they
    /// mean.
    package let canonical: String

    /// Longest address (RFC 5321 §4.5.3.1.3 less the brackets) and longest part before the `@`.
    static let limit = 254
    static let localLimit = 64

    /// Accepts what mail systems accept in practice: an RFC 5321 dot-string, `@`, a domain of two labels or more.
    ///
    /// - Throws: `InvalidField` on `email`.
    package init(_ written: String) throws(InvalidField) {
        var bytes = Array(written.utf8)[...]
        while let first = bytes.first, isBlank(first) { bytes.removeFirst() }
        while let last = bytes.last, isBlank(last) { bytes.removeLast() }
        guard !bytes.isEmpty else { throw InvalidField("email", "an email address is needed") }
        guard bytes.count <= Self.limit else {
            throw InvalidField("email", "an email address has at most \(Self.limit) characters")
        }
        guard bytes.allSatisfy({ $0 < 0x80 }) else {
            throw InvalidField("email", "write the email address in plain letters (an international domain as xn--…)")
        }
        guard let at = bytes.lastIndex(of: 0x40), Self.isLocalPart(bytes[..<at]), Self.isDomain(bytes[(at + 1)...])
        else { throw InvalidField("email", "an email address is written like name@example.org") }
        text = String(decoding: bytes, as: UTF8.self)
        canonical = text.lowercased()
    }

    private static func isLocalPart(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard (1...localLimit).contains(bytes.count) else { return false }
        let atoms = bytes.split(separator: 0x2E, omittingEmptySubsequences: false)
        let special = Array("!#$%&'*+/=?^`{|}~".utf8)
        return atoms.allSatisfy { atom in
            !atom.isEmpty && atom.allSatisfy { isIdentifierByte($0) || special.contains($0) }
        }
    }

    private static func isDomain(_ bytes: ArraySlice<UInt8>) -> Bool {
        let labels = bytes.split(separator: 0x2E, omittingEmptySubsequences: false)
        guard labels.count >= 2, let top = labels.last, !top.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return false
        }
        return labels.allSatisfy { label in
            (1...63).contains(label.count) && label.first != 0x2D && label.last != 0x2D
                && label.allSatisfy { isIdentifierByte($0) && $0 != 0x5F }
        }
    }
}

private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
