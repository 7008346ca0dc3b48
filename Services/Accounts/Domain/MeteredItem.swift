/// What is opened; for a code page `system/CODE` in canonical form.
package struct MeteredItem: Sendable, Equatable, Hashable {
    package let text: String

    /// Longest item, bytes of UTF-8: it is part of the ledger's key.
    package static let limit = 128

    /// 1 to 128 bytes without blanks and control characters.
    ///
    /// - Throws: `InvalidField` for anything else.
    package init(_ text: String) throws(InvalidField) {
        guard (1...Self.limit).contains(text.utf8.count), text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw InvalidField("item", "an item has 1 to \(Self.limit) bytes and no blanks")
        }
        self.text = text
    }
}
