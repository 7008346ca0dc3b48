/// Words that say little or nothing about which code is meant, though some of them are rare.
enum GenericWords {
    /// Left out of questions that have other words. Stems, like everything here.
    static let fillers = Set(
        ["a", "an", "and", "by", "for", "in", "of", "on", "or", "the", "to", "s"].map { Words.stem(of: $0) })

    /// Words that say nothing, fillers among them.
    static let empty = fillers.union(
        [
            "unspecified", "unspec", "specified", "specify", "other", "nec", "nos", "not", "elsewhere", "classified",
            "encounter", "initial", "due", "type", "with", "sever", "severity",
        ].map { Words.stem(of: $0) })

    /// What is left of a word's weight; 1 for words that are not here.
    static func share(of stem: String) -> Float { shares[stem] ?? 1 }

    private static let shares: [String: Float] = {
        var shares: [String: Float] = [:]
        for stem in empty { shares[stem] = 0.1 }
        for word in ["unilateral", "sided", "side"] { shares[Words.stem(of: word)] = 0.15 }
        shares[Words.stem(of: "without")] = 0.3
        shares[Words.stem(of: "status")] = 0.5
        return shares
    }()

    /// What is left of a word's weight where it stands in a title and the question does not have it: what coders leave out
    /// because it is the default (guidelines I.B.13, I.C.19.a, I.C.19.c) counts for nothing.
    static func shareUnasked(of stem: String) -> Float { unasked.contains(stem) ? 0 : share(of: stem) }

    private static let unasked = Set(["initial", "encounter", "closed", "right", "left"].map { Words.stem(of: $0) })

    /// Words that deny what follows, up to the next comma or semicolon.
    static let denials = Set(["without", "no", "not"].map { Words.stem(of: $0) })
}
