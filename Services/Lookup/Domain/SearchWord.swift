/// A word that is searched for.
package struct SearchWord: Sendable, Equatable, Hashable {
    /// Lower case, without accents; ASCII letters and digits only.
    package var folded: String
    /// As it is indexed; see `Words`.
    package var stem: String
    /// May be the beginning of a longer word: the last word of a query.
    package var unfinished: Bool
}
