/// Two codes and all between them.
struct CodeRange: Sendable, Hashable {
    var first: String
    var last: String

    /// Whether a code lies in it, both ends included. Codes of other lengths never do.
    func contains(_ code: String) -> Bool {
        let (low, high, key) = (CodeKey.of(first), CodeKey.of(last), CodeKey.of(code))
        return key.utf8.count == low.utf8.count && low.utf8.count == high.utf8.count && low <= key && key <= high
    }
}
