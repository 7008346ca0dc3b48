import Wire

/// Custom metadata of a call: keys of `[a-z0-9_.-]`, at most 64 bytes each, at most 64 entries; a key may recur.
package struct Metadata: Sendable, Equatable {
    package static let entryLimit = 64
    package static let keyLimit = 64

    package private(set) var entries: [(key: String, value: [UInt8])] = []

    package init() {}

    /// The first value of a key.
    package subscript(key: String) -> [UInt8]? { entries.first { $0.key == key }?.value }

    /// Adds an entry.
    ///
    /// - Throws: `invalidArgument` for a malformed key or the 65th entry.
    package mutating func add(_ key: String, _ value: [UInt8]) throws(ServiceError) {
        guard entries.count < Metadata.entryLimit else {
            throw ServiceError(.invalidArgument, "a call carries at most \(Metadata.entryLimit) metadata entries")
        }
        guard Metadata.isValid(key) else {
            throw ServiceError(
                .invalidArgument, "a metadata key has 1 to \(Metadata.keyLimit) characters of [a-z0-9_.-]")
        }
        entries.append((key, value))
    }

    package static func == (left: Metadata, right: Metadata) -> Bool {
        left.entries.elementsEqual(right.entries) { $0.key == $1.key && $0.value == $1.value }
    }

    private static func isValid(_ key: String) -> Bool {
        !key.isEmpty && key.utf8.count <= keyLimit
            && key.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
                case UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"): true
                default: false
                }
            }
    }
}

extension Metadata {
    init(_ meta: [RPCHeaders.Meta]) throws(ServiceError) {
        for entry in meta { try add(entry.key, entry.value) }
    }

    var meta: [RPCHeaders.Meta] { entries.map { RPCHeaders.Meta(key: $0.key, value: $0.value) } }
}
