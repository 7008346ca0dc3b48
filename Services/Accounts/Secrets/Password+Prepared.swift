import Foundation

extension Password {
    /// Checks a choice in the form in which it is going to be compared.
    ///
    /// - Throws: `InvalidField` on `field`; the message says the rule, never the password.
    package init(chosen text: String, for address: EmailAddress, field: String = "password") throws(InvalidField) {
        try self.init(choosing: Password.prepared(text), for: address, field: field)
    }

    /// A password in the one form that it has however a keyboard writes it (RFC 8265 §4.2.1, OpaqueString): every space is U+0020,
    /// composed as Normalization Form C. Nothing else changes: letters keep their case and width.
    ///
    /// A text that is too long to be a password comes back as it is: composing megabytes is nobody's wish.
    package static func prepared(_ text: String) -> String {
        guard text.utf8.count <= lengths.upperBound, !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
        var spaced = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            spaced.append(scalar.properties.generalCategory == .spaceSeparator ? " " : scalar)
        }
        return String(spaced).precomposedStringWithCanonicalMapping
    }
}
