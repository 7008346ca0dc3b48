/// How much of its code set an edition lists, which decides what its silence about a code means.
package enum EditionCoverage: Sendable, Equatable {
    /// The whole set: what it does not list is no longer valid.
    case full
    /// A part, which adds to the newest full edition. It is complete for codes that begin with one of these characters;
    /// of all others its silence says nothing. A sample or a quarterly addition is complete for none.
    case partial(completeFor: [String])

    /// Lists the whole set.
    package var isFull: Bool { self == .full }

    /// Whether a code that the edition does not list is no longer valid.
    ///
    /// - Parameter key: the code without its dot.
    package func covers(_ key: String) -> Bool {
        switch self {
        case .full: true
        case .partial(let prefixes): prefixes.contains { key.hasPrefix($0) }
        }
    }
}

extension EditionCoverage {
    /// `full`, `partial`, or `partial:0,1`, as it is stored and as lists of sources write it.
    package var text: String {
        switch self {
        case .full: "full"
        case .partial(let prefixes): prefixes.isEmpty ? "partial" : "partial:" + prefixes.joined(separator: ",")
        }
    }

    /// Nil for any other text.
    package init?(text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        switch (parts.first, parts.count) {
        case ("full", 1): self = .full
        case ("partial", 1): self = .partial(completeFor: [])
        case ("partial", 2):
            let prefixes = parts[1].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard prefixes.allSatisfy({ !$0.isEmpty }) else { return nil }
            self = .partial(completeFor: prefixes)
        default: return nil
        }
    }
}
