import Glibc

/// An address of a host, and whether it is one of the public internet.
struct PublicAddress: Sendable, Equatable {
    /// 4 or 16 bytes.
    let bytes: [UInt8]

    /// As a URL's host has it.
    var text: String {
        if bytes.count == 4 { return bytes.map(String.init).joined(separator: ".") }
        let groups = stride(from: 0, to: 16, by: 2).map { String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16) }
        return "[" + groups.joined(separator: ":") + "]"
    }

    /// The special-purpose registries of IANA (RFC 6890) name what is not.
    var isPublic: Bool {
        if bytes.count == 4 { return Self.isPublic(bytes[...]) }
        // IPv4 in IPv6: mapped (RFC 4291), NAT64 (RFC 6052).
        if bytes.prefix(10).allSatisfy({ $0 == 0 }), bytes[10] == 0xFF { return Self.isPublic(bytes.suffix(4)) }
        if bytes.prefix(4) == [0x00, 0x64, 0xFF, 0x9B] { return Self.isPublic(bytes.suffix(4)) }
        // Global unicast is 2000::/3; of it, documentation and the rest of the special ones are out.
        guard bytes[0] & 0xE0 == 0x20 else { return false }
        if bytes.prefix(4) == [0x20, 0x01, 0x0D, 0xB8] { return false }
        return !(bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] < 0x02) && bytes.prefix(2) != [0x20, 0x02]
    }

    private static func isPublic(_ bytes: ArraySlice<UInt8>) -> Bool {
        let (a, b, c) = (bytes[bytes.startIndex], bytes[bytes.startIndex + 1], bytes[bytes.startIndex + 2])
        switch (a, b) {
        case (0, _), (10, _), (127, _), (224..., _): return false
        case (100, 64...127), (169, 254), (172, 16...31), (192, 168), (198, 18...19): return false
        case (192, 0): return c != 0 && c != 2
        case (198, 51): return c != 100
        case (203, 0): return c != 113
        default: return true
        }
    }

    /// All addresses of a host, in the system's order; none when there is no such host. Blocks.
    static func addresses(of host: String) -> [PublicAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_ADDRCONFIG
        var first: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, "443", &hints, &first) == 0 else { return [] }
        defer { freeaddrinfo(first) }
        var found: [PublicAddress] = []
        var next = first
        while let info = next?.pointee {
            if info.ai_family == AF_INET, let address = info.ai_addr {
                address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { pointer in
                    found.append(PublicAddress(bytes: withUnsafeBytes(of: pointer.pointee.sin_addr) { Array($0) }))
                }
            } else if info.ai_family == AF_INET6, let address = info.ai_addr {
                address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { pointer in
                    found.append(PublicAddress(bytes: withUnsafeBytes(of: pointer.pointee.sin6_addr) { Array($0) }))
                }
            }
            next = info.ai_next
        }
        return found
    }
}
