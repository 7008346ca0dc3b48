/// A name that people chose for something: one line of text that cannot disguise itself.
package struct DisplayName: Sendable, Equatable, Hashable {
    package let text: String

    /// Takes 1 to `limit` characters of one line, blanks around it taken off.
    ///
    /// Refused: control characters and those that turn or hide text (Unicode's bidirectional controls, zero-width and
    /// tag characters), with which one name can be made to look like another.
    ///
    /// - Throws: `InvalidField` on `field`.
    package init(_ written: String, field: String, limit: Int) throws(InvalidField) {
        let scalars = Array(written.unicodeScalars)
        let isBlank: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace }
        guard let first = scalars.firstIndex(where: { !isBlank($0) }),
            let last = scalars.lastIndex(where: { !isBlank($0) })
        else { throw InvalidField(field, "a name is needed") }
        let trimmed = scalars[first...last]
        guard !trimmed.contains(where: Self.isDisguise) else {
            throw InvalidField(field, "a name has no line breaks and no invisible characters")
        }
        // Characters may be made of many scalars: both are bounded.
        text = String(String.UnicodeScalarView(trimmed))
        guard text.count <= limit, trimmed.count <= limit * 4 else {
            throw InvalidField(field, "a name has at most \(limit) characters")
        }
    }

    private static func isDisguise(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
        default: false
        }
    }
}
