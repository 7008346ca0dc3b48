import RPC

/// A page of a list that only its owner changes: size and offset.
struct Page: Sendable, Equatable {
    private static let largest: UInt32 = 100
    private static let usual = 20
    private static let farthest = 100_000

    let size: Int
    let offset: Int

    /// - Throws: `invalidArgument` naming the field.
    init(size: UInt32, token: String) throws(ServiceError) {
        guard size <= Self.largest else {
            throw ServiceError([FieldFault("page_size", "At most \(Self.largest).")])
        }
        self.size = size == 0 ? Self.usual : Int(size)
        guard !token.isEmpty else {
            offset = 0
            return
        }
        guard token.utf8.count <= 8, let offset = Int(token, radix: 36), (0...Self.farthest).contains(offset) else {
            throw ServiceError([FieldFault("page_token", "This is no page token of this list.")])
        }
        self.offset = offset
    }

    /// The token of the page after, when one more than the page's size was found.
    func next(_ found: Int) -> String { found > size ? String(offset + size, radix: 36) : "" }
}
