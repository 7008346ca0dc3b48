/// A host and a port, as a setting names them: `127.0.0.1:7101`, `[::1]:7101`, `lookup:7101`.
package struct HostPort: Sendable, Equatable, CustomStringConvertible {
    /// A host name or an address without brackets.
    package var host: String
    /// 1 to 65435, so that the operations port 100 above it exists.
    package var port: Int

    /// How far above a program's own port its operations port lies.
    package static let operationsOffset = 100

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads `host:port` or `[IPv6]:port`; `nil` when it is neither.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        var host = text[..<colon]
        let digits = text[text.index(after: colon)...]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty, host.utf8.count <= 253, host.utf8.allSatisfy(Self.isHostByte) else { return nil }
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(digits) else { return nil }
        guard (1...(65_535 - Self.operationsOffset)).contains(port) else { return nil }
        self.init(host: String(host), port: port)
    }

    /// `host:port`, with brackets around an IPv6 address: what a client connects to.
    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// The same host, 100 ports higher.
    package var operations: HostPort { HostPort(host: host, port: port + Self.operationsOffset) }

    /// The address under which a program on the same machine reaches a listener bound here.
    package var local: HostPort {
        switch host {
        case "0.0.0.0": HostPort(host: "127.0.0.1", port: port)
        case "::": HostPort(host: "::1", port: port)
        default: self
        }
    }

    /// Only programs on the same machine reach a listener bound here.
    package var isLoopback: Bool {
        host == "localhost" || NetworkAddress(host).map { $0.bytes[0] == 127 || $0 == NetworkAddress("::1") } ?? false
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "%"): true
        default: false
        }
    }
}
