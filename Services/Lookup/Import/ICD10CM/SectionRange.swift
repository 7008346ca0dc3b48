/// The categories that a section of the Tabular List spans. Sections stand side by side in the file; a wider range that
/// holds a narrower one is its parent (`C00-C96` over `C00-C75` over `C00-C14`).
struct SectionRange: Equatable {
    let first: String
    let last: String

    /// - Parameter id: `A00-A09`, or `B10` for a section of one category.
    init?(id: String) {
        let parts = id.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard let first = parts.first, let last = parts.last, parts.count <= 2,
            first.utf8.count == 3, last.utf8.count == 3, first <= last
        else { return nil }
        self.first = first
        self.last = last
    }

    /// A section of one category gets its range written out (`B10-B10`), since `B10` is the category.
    var code: String { "\(first)-\(last)" }

    /// Whether this range is wider than `other` and holds it.
    func holds(_ other: SectionRange) -> Bool {
        first <= other.first && last >= other.last && self != other
    }
}
