extension CodeSystem: Decodable {}

extension Day: Decodable {
    /// Reads YYYY-MM-DD.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let day = Day(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(text) is no day YYYY-MM-DD")
        }
        self = day
    }
}
