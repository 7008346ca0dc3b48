import Glibc

/// The part of a reader's address that stands for a network: /24 of IPv4, /56 of IPv6. Never logged.
struct NetworkPrefix: Sendable, Equatable {
    let text: String

    /// nil for text that is no IP address.
    init?(address: String) {
        // A link-local address may name its interface after a percent sign (RFC 4007 §11).
        let address = String(address.prefix { $0 != "%" })
        if let bytes = Self.bytes(of: address, family: AF_INET, count: 4) {
            text = Self.v4(bytes[...])
        } else if let bytes = Self.bytes(of: address, family: AF_INET6, count: 16) {
            // An IPv4 reader on a socket that speaks both (RFC 4291 §2.5.5.2).
            let isMapped = bytes[0..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
            text = isMapped ? Self.v4(bytes[12...]) : Self.v6(bytes)
        } else {
            return nil
        }
    }

    private static func v4(_ bytes: ArraySlice<UInt8>) -> String {
        bytes.prefix(3).map(String.init).joined(separator: ".") + ".0/24"
    }

    private static func v6(_ bytes: [UInt8]) -> String {
        let groups = stride(from: 0, to: 8, by: 2).map { index in
            String(UInt16(bytes[index]) << 8 | UInt16(index == 6 ? 0 : bytes[index + 1]), radix: 16)
        }
        return groups.joined(separator: ":") + "::/56"
    }

    private static func bytes(of address: String, family: Int32, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        return inet_pton(family, address, &bytes) == 1 ? bytes : nil
    }
}
