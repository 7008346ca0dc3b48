/// What a reader may use in a code's place, and what says so.
struct Replacement: Sendable, Equatable {
    enum Basis: Sendable, Equatable {
        /// The file of this edition refers the code to it.
        case reference(EditionRecord)
        /// The code has become a heading, or longer codes begin with it: it was divided into them.
        case division
    }

    var code: String
    /// Empty when no loaded edition lists the code (a reference to CPT, whose text is not in HCPCS files).
    var title: String
    var basis: Basis
}
