/// What a sentence rests on: the words of a record or of a passage.
struct Evidence: Sendable, Hashable {
    /// E.g. "ICD-10-CM E11.9", "NCCI Policy Manual, Chapter III, F, page III-8".
    var title: String
    /// The words themselves.
    var passage: String
    var source: SourceNote
    /// The page of this site where it can be read; empty: none.
    var href = ""
}
