/// A word that has the form of a code.
struct CodeMention: Sendable, Hashable {
    /// Upper case; a dot stays where it was typed.
    var text: String
    /// The code sets that have codes of this form, the likeliest first.
    var systems: [String]
    /// The form alone says that a code is meant. Of others ("A1C", "B12") only a look at the code set tells.
    var isCertain: Bool
    /// Where it stands, in Unicode scalars.
    var start: Int
    var end: Int
}
