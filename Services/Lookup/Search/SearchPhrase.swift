/// A wording under which a code may be found.
struct SearchPhrase: Sendable, Equatable {
    /// Where the wording comes from; the numbers stand in files.
    enum Kind: UInt8, Sendable, CaseIterable {
        case title = 0
        /// What the set says that the code includes, and short and former titles.
        case inclusion = 1
        /// A path of the set's own alphabetic index, main term first.
        case index = 2
        /// A path that the index sends elsewhere ("see").
        case reference = 3
        /// A row of the Neoplasm Table with its column.
        case neoplasm = 4
        case externalCause = 5
        /// A row of the Table of Drugs with its column.
        case drug = 6
        /// A product's name.
        case brand = 7
    }

    var kind: Kind
    var text: String
    /// Words that may come along and count for nothing when they do not (an index's nonessential modifiers).
    var optional = ""
}
