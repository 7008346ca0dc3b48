/// How an edition words a code: what later wordings are compared with and carried from.
struct Wording: Sendable, Equatable {
    /// The edition's own long title; empty when its file has only short ones.
    var long: String
    /// Empty when its file has only long ones.
    var short: String

    /// - Parameter carried: the long title comes from another edition.
    init(title: String, shortTitle: String, carried: Bool) {
        short = shortTitle
        long = carried || title == shortTitle ? "" : title
    }

    /// A wording that says the same: case, accents, blanks and punctuation at words' ends are no change.
    static func folded(_ text: String) -> String {
        var bytes: [UInt8] = []
        Words.append(text, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The pair of texts to compare with a later wording: the long ones, or else the short ones; nil when the two files
    /// have no kind of title in common, or the texts say the same.
    func change(to later: Wording) -> (old: String, new: String)? {
        let pairs = [(long, later.long), (short, later.short)]
        for (old, new) in pairs where !old.isEmpty && !new.isEmpty && Self.differ(old, new) { return (old, new) }
        return nil
    }

    /// Whether two texts differ in more than the way they are written. Signs count: `<` is not `>`.
    static func differ(_ old: String, _ new: String) -> Bool {
        old != new && (folded(old) != folded(new) || signs(old) != signs(new))
    }

    private static func signs(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.filter { "<>=+/%&".unicodeScalars.contains($0) }
    }
}

extension Wording {
    /// A long title that an edition gives together with a short one.
    struct Known: Sendable, Equatable {
        var edition: EditionID
        var effective: Day
        var short: String
        var long: String
    }

    /// The long title that goes with a short one on a day: of the editions that have the same short title, the newest by
    /// then, or else the first after. Without one nothing is carried: another short title may mean another text. An edition
    /// that gives no title at all takes whatever there is.
    static func carried(_ short: String, on day: Day, from known: [Known]) -> Known? {
        let same = short.isEmpty ? known : known.filter { !differ($0.short, short) }
        return same.filter { $0.effective <= day }.max { $0.effective < $1.effective }
            ?? same.min { $0.effective < $1.effective }
    }
}
