/// A kind of value that a setting takes, and how its text is read.
package struct SettingKind<Value: Sendable>: Sendable {
    /// What an operator is told when the text is not of this kind, e.g. "whole number from 0 to 100".
    package let name: String
    /// `nil` when the text is not of this kind.
    package let read: @Sendable (String) -> Value?

    package init(_ name: String, read: @escaping @Sendable (String) -> Value?) {
        self.name = name
        self.read = read
    }

    /// The same kind, where an empty text means that nothing was chosen.
    package var optional: SettingKind<Value?> {
        SettingKind<Value?>("\(name), or empty") { [read] text in
            text.isEmpty ? .some(nil) : read(text).map(Optional.some)
        }
    }
}

extension SettingKind where Value == String {
    /// A path, absolute or relative to the folder that the program was started in.
    package static var folder: Self {
        Self("folder path of at most 1024 bytes") { text in
            guard !text.isEmpty, text.utf8.count <= 1024, !text.utf8.contains(0) else { return nil }
            return text.count > 1 && text.hasSuffix("/") ? String(text.dropLast()) : text
        }
    }
}

extension SettingKind where Value == String {
    /// One line of text, or empty.
    package static var line: Self {
        Self("text of one line, at most 1024 bytes") { text in
            text.utf8.count <= 1024 && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } ? text : nil
        }
    }
}

extension SettingKind where Value == HostPort {
    package static var address: Self { Self("address HOST:PORT, port 1 to 65435") { HostPort($0) } }
}

extension SettingKind where Value == Origin {
    package static var origin: Self { Self("origin http://HOST[:PORT] or https://HOST[:PORT]") { Origin($0) } }
}

extension SettingKind where Value == [Origin] {
    /// At most 64: each request of a page is compared with them.
    package static var origins: Self {
        Self("comma-separated origins http[s]://HOST[:PORT], at most 64") { text in
            let parts = text.split(separator: ",").map { $0.trimmed }
            let origins = parts.compactMap { Origin($0) }
            return origins.count == parts.count && origins.count <= 64 ? origins : nil
        }
    }
}

extension SettingKind where Value == Int {
    package static func integer(_ range: ClosedRange<Int>) -> Self {
        Self("whole number from \(range.lowerBound) to \(range.upperBound)") { text in
            guard let value = Int(text), range.contains(value) else { return nil }
            return value
        }
    }
}

extension SettingKind where Value == Duration {
    /// `500ms`, `25s`, `10m` or `2h`.
    package static func duration(_ range: ClosedRange<Duration>) -> Self {
        Self("duration such as 500ms, 25s, 10m, 2h, from \(range.lowerBound) to \(range.upperBound)") { text in
            let digits = text.prefix { $0.isASCII && $0.isNumber }
            guard let count = Int(digits), count <= 1_000_000_000 else { return nil }
            let value: Duration
            switch text.dropFirst(digits.count) {
            case "ms": value = .milliseconds(count)
            case "s": value = .seconds(count)
            case "m": value = .seconds(count * 60)
            case "h": value = .seconds(count * 3600)
            default: return nil
            }
            return range.contains(value) ? value : nil
        }
    }
}

extension SettingKind where Value == [NetworkPrefix] {
    /// At most 64 ranges, so that each request's check stays cheap.
    package static var networks: Self {
        Self("comma-separated addresses or CIDR ranges, at most 64") { text in
            let parts = text.split(separator: ",").map { $0.trimmed }
            guard parts.count <= 64 else { return nil }
            let networks = parts.compactMap { NetworkPrefix($0) }
            return networks.count == parts.count ? networks : nil
        }
    }
}

extension SettingKind where Value == [UInt32] {
    /// At most 64: more users than that share a host by groups.
    package static var users: Self {
        Self("comma-separated numbers of users, at most 64") { text in
            let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmed }
            let users = parts.compactMap { UInt32($0) }
            return users.count == parts.count && users.count <= 64 ? users : nil
        }
    }
}

extension SettingKind where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
    package static var word: Self {
        Self("one of " + Value.allCases.map(\.rawValue).joined(separator: ", ")) { Value(rawValue: $0) }
    }
}

extension Substring {
    fileprivate var trimmed: String {
        var part = self
        while part.first == " " { part.removeFirst() }
        while part.last == " " { part.removeLast() }
        return String(part)
    }
}
