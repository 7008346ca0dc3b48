/// A header field of a message.
package struct MailHeader: Sendable, Equatable {
    package let name: String
    package let value: String

    /// A field of one line.
    package init(_ name: String, _ value: String) {
        self.name = Self.line(name).filter { $0 != ":" && $0 != " " }
        self.value = Self.line(value)
    }

    /// `text` without control characters: a value must not be able to end its line and begin another field.
    static func line(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    }
}
