/// A range of addresses in CIDR form: `10.0.0.0/8`, `fd00::/8`; an address alone is a range of one.
package struct NetworkPrefix: Sendable, Hashable, CustomStringConvertible {
    /// The first address of the range: every bit past `length` is zero.
    package let base: NetworkAddress
    /// How many leading bits are fixed.
    package let length: Int

    /// The range of `length` leading bits around an address; `length` is cut to the address's size.
    package init(masking address: NetworkAddress, length: Int) {
        let length = max(0, min(length, address.bytes.count * 8))
        var bytes = address.bytes
        for index in bytes.indices {
            let kept = max(0, min(8, length - index * 8))
            bytes[index] &= kept == 0 ? 0 : 0xFF << UInt8(8 - kept)
        }
        base = NetworkAddress(bytes: bytes)
        self.length = length
    }

    /// Reads `ADDRESS` or `ADDRESS/LENGTH`; `nil` when it is neither, or when bits past the length are set.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = NetworkAddress(String(parts[0])) else { return nil }
        let width = address.bytes.count * 8
        let length = parts.count == 2 ? Int(parts[1]) : width
        guard let length, (0...width).contains(length) else { return nil }
        self.init(masking: address, length: length)
        guard base == address else { return nil }
    }

    package func contains(_ address: NetworkAddress) -> Bool {
        address.bytes.count == base.bytes.count && NetworkPrefix(masking: address, length: length).base == base
    }

    package var description: String { "\(base)/\(length)" }
}
