/// The codes that Lookup confirmed for an answer, on the date asked about.
struct KnownCodes: Sendable, Equatable {
    /// Whether a code may be used on the date.
    enum Standing: String, Sendable {
        case active, retired, future
    }

    private var standings: [String: Standing] = [:]

    /// Notes a code; what was noted first stays, unless the code is found active.
    mutating func note(_ code: String, _ standing: Standing) {
        let key = CodeKey.of(code)
        if standings[key] == nil || standing == .active { standings[key] = standing }
    }

    /// How a code stands; nil: nobody confirmed that it exists.
    func standing(of code: String) -> Standing? { standings[CodeKey.of(code)] }

    /// Takes over all of another.
    mutating func merge(_ other: KnownCodes) {
        for (code, standing) in other.standings { note(code, standing) }
    }

    /// Codes without dot, in order.
    var all: [String] { standings.keys.sorted() }
}
