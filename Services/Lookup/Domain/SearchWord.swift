/// A word that is searched for.
struct SearchWord: Sendable, Equatable, Hashable {
    /// Lower case, without accents; ASCII letters and digits only.
    var folded: String
    /// As it is indexed; see `Words`.
    var stem: String
    /// May be the beginning of a longer word: the last word of a query.
    var unfinished: Bool
}
