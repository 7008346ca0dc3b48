import Hummingbird

extension FormFields {
    /// The pairs of a query in their order, for calls that take nothing unknown.
    /// - Throws: `HTTPError` 400 for a pair that is not decodable, and for too many.
    static func pairs(_ encoded: String) throws -> [(String, String)] {
        let parts = encoded.utf8.split(separator: UInt8(ascii: "&"))
        guard parts.count <= maximumCount else {
            throw HTTPError(.badRequest, message: "A query has at most \(maximumCount) parts.")
        }
        return try parts.map { part in
            let sides = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentCoding.decode(sides[0], plusIsSpace: true),
                let value = sides.count > 1 ? PercentCoding.decode(sides[1], plusIsSpace: true) : ""
            else { throw HTTPError(.badRequest, message: "The query is not decodable as UTF-8.") }
            return (name, value)
        }
    }
}
