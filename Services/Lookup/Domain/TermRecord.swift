/// Words under which a code is found: an entry of an index or a table that leads to it. Shown on no page by itself.
package struct TermRecord: Sendable, Equatable {
    /// Where the words come from; the raw values stand in snapshots.
    package enum Kind: Int, Sendable, CaseIterable {
        /// A path of the set's own alphabetic index, main term first.
        case index = 2
        /// A path that the index sends elsewhere ("see"), at the code that it leads to.
        case reference = 3
        /// A row of the Neoplasm Table with its column.
        case neoplasm = 4
        case externalCause = 5
        /// A row of the Table of Drugs with its column.
        case drug = 6
        /// A product's name.
        case brand = 7
    }

    /// Canonical; a code or a heading.
    package var code: String
    package var kind: Kind
    package var text: String
    /// Words that may come along without changing the code (nonessential modifiers).
    package var optional: String

    /// - Parameter optional: empty when there are none.
    package init(code: String, kind: Kind, text: String, optional: String = "") {
        self.code = code
        self.kind = kind
        self.text = text
        self.optional = optional
    }
}
