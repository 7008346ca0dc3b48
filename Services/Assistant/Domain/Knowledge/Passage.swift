/// A piece of a document that can be cited: a numbered item, a paragraph with its list, a section.
struct Passage: Sendable, Equatable {
    /// From the title of the chapter down to the section, e.g. "Chapter III – Surgery: Integumentary System", "F. Mohs
    /// Micrographic Surgery".
    var headings: [String]
    /// The publisher's own number of the page that it begins on; empty: there are none.
    var page: String
    var text: String
}
