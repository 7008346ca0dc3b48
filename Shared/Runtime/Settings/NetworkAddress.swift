import Glibc

/// An IPv4 or IPv6 address as bytes. An IPv4 address that is mapped into IPv6 (`::ffff:192.0.2.1`) counts as IPv4.
package struct NetworkAddress: Sendable, Hashable {
    /// 4 or 16 bytes in network order.
    package let bytes: [UInt8]

    /// Reads the textual form of RFC 4291 or dotted decimal; `nil` when it is neither.
    package init?(_ text: String) {
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = withUnsafeBytes(of: four) { Array($0) }
            return
        }
        var six = in6_addr()
        guard inet_pton(AF_INET6, text, &six) == 1 else { return nil }
        let all = withUnsafeBytes(of: six) { Array($0) }
        let mapped = all[..<10].allSatisfy { $0 == 0 } && all[10] == 0xFF && all[11] == 0xFF
        bytes = mapped ? Array(all[12...]) : all
    }

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The network that an address belongs to when addresses of one owner are counted together:
    /// /24 for IPv4, /56 for IPv6 (what one household or office is commonly given).
    package var ownerNetwork: NetworkPrefix {
        NetworkPrefix(masking: self, length: bytes.count == 4 ? 24 : 56)
    }
}

extension NetworkAddress: CustomStringConvertible {
    package var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        guard inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return "" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
