/// A method of the contract.
package struct Method: Sendable, Hashable {
    /// "package.Service/Method".
    package let fullName: String
    /// FNV-1a 32 of the name's UTF-8; never 0. The generator refuses collisions.
    package let id: UInt32
    /// May be sent again when it is not known whether it ran.
    package let isIdempotent: Bool
    /// How many messages it takes and gives.
    package let shape: CallShape

    /// Only generated code and tests make methods.
    package init(fullName: String, id: UInt32, isIdempotent: Bool, shape: CallShape = .unary) {
        self.fullName = fullName
        self.id = id
        self.isIdempotent = isIdempotent
        self.shape = shape
    }

    package static func == (left: Method, right: Method) -> Bool { left.id == right.id }

    package func hash(into hasher: inout Hasher) { hasher.combine(id) }

    /// FNV-1a 32 (draft-eastlake-fnv) of a full name.
    package static func id(of fullName: String) -> UInt32 {
        fullName.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
    }
}
