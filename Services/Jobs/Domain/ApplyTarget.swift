/// Addresses and links of applications.
package enum ApplyTarget {
    /// Whether mail can be sent there: a dot-string, `@`, a domain of two labels or more (RFC 5321 §4.1.2).
    package static func isMailAddress(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count <= 254, let at = bytes.lastIndex(of: UInt8(ascii: "@")), (1...64).contains(at) else {
            return false
        }
        let special = Array("!#$%&'*+/=?^`{|}~-_".utf8)
        let local = bytes[..<at].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return local.allSatisfy { atom in
            !atom.isEmpty && atom.allSatisfy { isAlphanumeric($0) || special.contains($0) }
        }
            && isDomain(bytes[(at + 1)...])
    }

    /// Whether it is an https link with a host name and no name or password in it.
    package static func isLink(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.starts(with: "https://".utf8), bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return false }
        let rest = bytes.dropFirst("https://".utf8.count)
        let host = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        return isDomain(host)
    }

    /// The link as it is compared: host in lower case, without `www.`, fragment, trailing slash and what trackers add.
    package static func canonicalLink(_ text: String) -> String {
        let withoutFragment = text.prefix { $0 != "#" }
        let parts = withoutFragment.dropFirst("https://".count).split(separator: "?", maxSplits: 1)
        var address = String(parts.first ?? "")
        let host = address.prefix { $0 != "/" }
        address = host.lowercased() + address.dropFirst(host.count)
        if address.hasPrefix("www.") { address.removeFirst(4) }
        while address.hasSuffix("/") { address.removeLast() }
        guard parts.count == 2 else { return address }
        let kept = parts[1].split(separator: "&").filter { field in
            !trackers.contains { field.lowercased().hasPrefix($0) }
        }
        return kept.isEmpty ? address : address + "?" + kept.sorted().joined(separator: "&")
    }

    /// The domain of a mail address or link, in lower case.
    package static func domain(of target: String) -> String? {
        if let at = target.lastIndex(of: "@") { return target[target.index(after: at)...].lowercased() }
        guard isLink(target) else { return nil }
        return target.dropFirst("https://".count).prefix { !"/?#".contains($0) }.lowercased()
    }

    private static let trackers = ["utm_", "gclid=", "fbclid=", "source=", "src=", "ref="]

    static func isDomain(_ bytes: ArraySlice<UInt8>) -> Bool {
        let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count >= 2, let top = labels.last, !top.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return false
        }
        return bytes.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
                    && label.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
            }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
