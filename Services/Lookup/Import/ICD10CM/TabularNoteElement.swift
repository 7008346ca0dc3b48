/// The elements of the Tabular List that hold notes, and the kind of note that they hold.
enum TabularNoteElement {
    static let kinds: [String: NoteRecord.Kind] = [
        "includes": .includes,
        "inclusionTerm": .inclusionTerm,
        "excludes1": .excludes1,
        "excludes2": .excludes2,
        "codeFirst": .codeFirst,
        "useAdditionalCode": .useAdditionalCode,
        "codeAlso": .codeAlso,
        "notes": .notes,
        "sevenChrNote": .seventhCharacterNote,
        "sevenChrDef": .seventhCharacter,
    ]
}
