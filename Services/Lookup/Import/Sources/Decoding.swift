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

extension EditionCoverage: Decodable {
    /// Reads `full`, `partial` or `partial:0,1`.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let coverage = EditionCoverage(text: text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\(text) is none of full, partial and partial:PREFIX,PREFIX")
        }
        self = coverage
    }
}
