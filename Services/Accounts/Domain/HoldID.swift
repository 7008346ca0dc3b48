/// Which hold: 16 bytes that follow from the entry that made it, written as 32 hexadecimal digits.
package struct HoldID: Sendable, Equatable, Hashable {
    package let bytes: [UInt8]

    /// 16 bytes.
    package init(bytes: [UInt8]) {
        precondition(bytes.count == 16)
        self.bytes = bytes
    }

    /// As `text` gave it.
    ///
    /// - Throws: `InvalidField` on `hold`.
    package init(_ text: String) throws(InvalidField) {
        guard let bytes = Hexadecimal.bytes(text), bytes.count == 16 else {
            throw InvalidField("hold", "a hold is named by 32 hexadecimal digits")
        }
        self.bytes = bytes
    }

    /// 32 lower-case hexadecimal digits.
    package var text: String { Hexadecimal.text(bytes) }
}
