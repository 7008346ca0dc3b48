/// The path of a `google.api.http` address: words, `{field}` for one segment, `{field}:verb` at the end.
struct PathTemplate: Sendable, Equatable {
    enum Segment: Sendable, Equatable {
        case word(String)
        /// A whole segment, or the part of it before `suffix`.
        case field(String, suffix: String)
    }

    let text: String
    let segments: [Segment]

    /// The names of the fields, in their order.
    var fields: [String] {
        segments.compactMap { if case .field(let name, _) = $0 { name } else { nil } }
    }

    /// nil for what the contract does not use: wildcards, fields over several segments, a text around a field.
    init?(_ text: String) {
        guard text.hasPrefix("/") else { return nil }
        var segments: [Segment] = []
        for part in text.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            guard part.hasPrefix("{") else {
                guard !part.isEmpty, !part.contains(where: { "{}*".contains($0) }) else { return nil }
                segments.append(.word(String(part)))
                continue
            }
            guard let end = part.firstIndex(of: "}") else { return nil }
            let name = part[part.index(after: part.startIndex)..<end]
            let suffix = part[part.index(after: end)...]
            guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }),
                suffix.isEmpty || suffix.hasPrefix(":")
            else { return nil }
            segments.append(.field(String(name), suffix: String(suffix)))
        }
        self.text = text
        self.segments = segments
    }
}
