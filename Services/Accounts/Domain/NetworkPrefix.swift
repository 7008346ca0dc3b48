/// The /24 or /56 that a caller comes from, as Gateway spells it, e.g. `203.0.113.0/24`.
package struct NetworkPrefix: Sendable, Equatable, Hashable {
    package let text: String

    /// Longest prefix: a written-out IPv6 network.
    package static let limit = 64

    /// Nil for an empty text: the network is not known, and not counted.
    ///
    /// - Throws: `InvalidField` when it is longer than a prefix can be, or holds other characters.
    package init?(_ text: String) throws(InvalidField) {
        guard !text.isEmpty else { return nil }
        let plain = text.utf8.allSatisfy { isIdentifierByte($0) || $0 == 0x2E || $0 == 0x3A || $0 == 0x2F }
        guard text.utf8.count <= Self.limit, plain else {
            throw InvalidField("network", "a network prefix is written like 203.0.113.0/24 or 2001:db8:0:ff00::/56")
        }
        self.text = text
    }
}
