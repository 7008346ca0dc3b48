/// Sides of the body that a text names.
struct SearchSides: OptionSet, Sendable, Equatable {
    let rawValue: UInt8

    static let right = SearchSides(rawValue: 1)
    static let left = SearchSides(rawValue: 2)
    static let bilateral = SearchSides(rawValue: 4)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// - Parameter stems: words as `Words` gives them.
    init(stems: some Sequence<String>) {
        self = []
        for stem in stems { formUnion(Self.named[stem] ?? []) }
    }

    private static let named: [String: SearchSides] = [
        Words.stem(of: "right"): .right, Words.stem(of: "left"): .left, Words.stem(of: "bilateral"): .bilateral,
    ]
}
