/// A chapter, section or `diag` element of the Tabular List while it is open.
struct TabularNode {
    enum Kind { case chapter, section, diagnosis }

    let kind: Kind
    var code: String
    var title = ""
    /// Line of the file on which the element begins.
    let line: Int
    var notes: [(kind: NoteRecord.Kind, label: String, text: String)] = []
    /// Its own definition of 7th characters, or else that of the nearest heading above that has one.
    var seventhCharacters: [SeventhCharacter]
    /// Its record went to the sink already.
    var isHandedOn = false

    /// - Parameter inherited: the 7th characters that are in force above.
    init(kind: Kind, code: String = "", line: Int, inherited: [SeventhCharacter] = []) {
        self.kind = kind
        self.code = code
        self.line = line
        self.seventhCharacters = inherited
    }
}
