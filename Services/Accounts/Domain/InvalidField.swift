/// A value that breaks a rule: which field, and what the rule is. Holds nothing of the value.
package struct InvalidField: Error, Sendable, Equatable {
    package let field: String
    package let message: String

    /// Names the field as the contract does.
    package init(_ field: String, _ message: String) {
        self.field = field
        self.message = message
    }
}

/// Letters, digits, `-` and `_`: what ids that travel in cookies and addresses are made of.
func isIdentifierByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
    default: false
    }
}
